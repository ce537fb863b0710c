"""Passwords that were stolen elsewhere, found without asking anybody."""
