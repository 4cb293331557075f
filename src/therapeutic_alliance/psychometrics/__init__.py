"""Closed forms of psychometrics in plain Python: no packages, no data frames."""
