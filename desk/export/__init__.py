"""Figures as bytes: nothing here loads, computes or draws on a screen."""
