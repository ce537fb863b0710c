"""Forms of applicants, of the secretariat and of members."""
