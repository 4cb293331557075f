"""Detectors over whole frames."""
