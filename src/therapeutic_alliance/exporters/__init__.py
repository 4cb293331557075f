"""Scores out: tables, files, measure cards."""
