"""The write side: sourced figures in, one checked and published warehouse file out."""
