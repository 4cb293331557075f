"""Tables of answers in: CSV and TSV, wide and long."""
