"""Initial content in German: a beginning."""
