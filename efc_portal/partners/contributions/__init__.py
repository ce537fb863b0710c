"""What members contribute in kind, and what may be said of it in public."""
