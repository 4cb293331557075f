"""Models that divide a course into phases, one idea a file."""
