"""What plugins and embedders meet: hooks and the registry."""
