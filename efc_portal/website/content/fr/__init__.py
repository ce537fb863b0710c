"""Initial content in French."""
