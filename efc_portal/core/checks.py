"""System checks that stop an insecure start. Each says what to change."""
