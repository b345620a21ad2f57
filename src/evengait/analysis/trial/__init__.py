"""Self-trials: drawing the blocks, the days it takes, the effect, the verdict and its words."""
