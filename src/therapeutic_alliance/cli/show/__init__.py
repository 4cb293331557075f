"""``alliance show``, section by section."""
