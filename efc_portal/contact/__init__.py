"""What visitors of the public site write to the secretariat."""
