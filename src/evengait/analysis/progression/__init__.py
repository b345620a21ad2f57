"""The way back to running: what was really run, and what follows from it by the rules it is handed."""
