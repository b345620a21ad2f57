"""Words and tables: no user files, no network, no framework."""
