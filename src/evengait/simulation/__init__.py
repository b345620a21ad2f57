"""Made-up runners: years of sessions, their samples, and one known cause or none before an onset."""
