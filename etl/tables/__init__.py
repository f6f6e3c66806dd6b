"""Downloaded tables that a person hands in: files into rows, whole or not at all."""
