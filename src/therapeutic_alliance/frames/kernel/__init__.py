"""The arithmetic of scores over NumPy arrays; it knows no frames."""
