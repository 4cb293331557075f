"""Plain data <-> values: JSON and TOML, read strictly, written with a schema number."""
