"""The contract of whole plugins, loaded in a fresh interpreter."""
