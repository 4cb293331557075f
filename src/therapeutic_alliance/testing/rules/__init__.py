"""The contracts of rules that look at a series: detectors and phase models."""
