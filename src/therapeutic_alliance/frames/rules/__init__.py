"""Online detectors on whole columns, a module or a function each; it knows no frames."""
