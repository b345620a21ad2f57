"""The diary on the desk: day after day, what was said and what was not."""
