"""Change points in the course of an alliance: the detector ``partition``."""
