"""The CMS where it differs from Wagtail's own."""
