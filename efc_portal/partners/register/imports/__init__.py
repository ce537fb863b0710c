"""Contacts out of a table: read, checked row by row, and added when somebody has confirmed them."""
