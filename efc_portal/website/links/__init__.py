"""Checking the links of the public site."""
