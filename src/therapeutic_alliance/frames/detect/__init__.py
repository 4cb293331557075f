"""Detectors over all courses of a frame, in memory or lazy."""
