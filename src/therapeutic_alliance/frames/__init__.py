"""Scores of data frames."""
