"""Initial content in English. `content.catalogue` finds the modules."""
