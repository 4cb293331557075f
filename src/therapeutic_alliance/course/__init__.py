"""One rater's scores over time: drops, flags, episodes."""
