"""Sharing a case: field by field, with a person or a role, seen before it is shared, taken back at once."""
