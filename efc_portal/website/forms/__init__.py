"""Forms of the CMS."""
