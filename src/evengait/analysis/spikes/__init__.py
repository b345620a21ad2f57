"""Session spikes of one runner as states over time, and what may be added up over many."""
