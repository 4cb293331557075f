"""The package of the measure files; nothing in it runs."""
