"""Lazy frames and tables of engines, scored by expressions that the engine computes."""
