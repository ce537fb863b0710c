"""Where a member stands: yearly reviews, grace, suspension, leaving."""
