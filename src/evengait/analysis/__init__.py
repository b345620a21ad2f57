"""Pure functions: a table in, a column or a verdict out."""
