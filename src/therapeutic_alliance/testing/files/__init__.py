"""The contracts of importers and exporters."""
