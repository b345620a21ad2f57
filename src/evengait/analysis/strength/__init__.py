"""The strength block: which session comes next, when, with which exercises and loads."""
