"""The register of members: its fields with their history, its people, what is due."""
