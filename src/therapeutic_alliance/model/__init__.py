"""What things are: frozen values without arithmetic, files or clocks."""
