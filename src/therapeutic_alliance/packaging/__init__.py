"""Plugins before they are published: what a wheel or a project holds, and what is wrong with it."""
