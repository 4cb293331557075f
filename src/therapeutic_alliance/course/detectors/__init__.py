"""Rules that flag sessions, one family a file."""
