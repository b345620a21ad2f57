"""Red flags: rules over an intake, with unknown kept apart from no."""
