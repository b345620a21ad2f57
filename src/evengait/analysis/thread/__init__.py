"""The advice in a forum thread."""
