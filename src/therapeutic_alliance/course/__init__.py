"""A course over time: series of scores, flags, episodes, indicators, merging, the summary."""
