"""The strength block on the desk: six weeks, the next session, the log of sets, how each exercise is done."""
