"""What the secretariat, and coordinators, fill in about the register."""
