"""Long tables, of which each row is one answer."""
