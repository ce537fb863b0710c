"""Pictures of the real pages, for the README: `make pictures`."""
