"""A forum thread into a case."""
