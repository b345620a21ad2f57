"""Today on the desk: what to do and why, what the plan decided, how it feels in two taps."""
