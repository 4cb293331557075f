"""Frames in memory: their columns as arrays, scored, and new columns on."""
