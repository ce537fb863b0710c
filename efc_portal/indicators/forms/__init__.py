"""What officers and members fill in about known values."""
