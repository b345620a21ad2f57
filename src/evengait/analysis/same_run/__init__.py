"""One run from several recordings: which belong together, which gives the samples, what the others add."""
