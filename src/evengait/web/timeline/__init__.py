"""The timeline: from all years to one run."""
