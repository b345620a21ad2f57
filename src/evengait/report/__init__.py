"""What an explanation looks like to a person: one HTML file, or a few lines in the terminal."""
