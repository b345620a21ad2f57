"""What changed before an onset: windows, the search and its own rate of false alarms."""
