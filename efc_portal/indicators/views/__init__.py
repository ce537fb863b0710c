"""Pages of the lists of known values, and of members' own."""
