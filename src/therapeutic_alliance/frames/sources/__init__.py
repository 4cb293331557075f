"""Tables that are read piece by piece: Parquet, Arrow IPC, CSV, DuckDB."""
