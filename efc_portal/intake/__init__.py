"""Taking identifiers in by the file."""
