"""The portal on one machine: its environment, its embedded PostgreSQL, its processes."""
