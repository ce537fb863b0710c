"""What documents on paper share: the typefaces, and which characters they draw."""
