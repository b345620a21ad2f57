"""Stories in plain words read into the intake form; nothing is guessed, nothing of others is taken for the runner's."""
