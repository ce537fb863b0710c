"""What machines read of a page: calendar entries, citations, structured data, pictures to share, the sitemap."""
