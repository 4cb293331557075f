"""From one form to its scores, in plain Python."""
