"""Files as they come into recordings: one folder per format, told apart by their bytes."""
