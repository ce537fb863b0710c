"""Initial content, a folder for each language. `catalogue` says how it is found, `piece` how it is written."""
