"""How forms read dates, a module for each language."""
