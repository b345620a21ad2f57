"""Many runners at once: the same functions as for one, over a table of them, on an engine of the operator's choice."""
