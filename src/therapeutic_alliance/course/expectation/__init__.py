"""What is expected of the next score of a person, by what a cohort and the past say."""
