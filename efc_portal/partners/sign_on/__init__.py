"""Single sign-on: the identity providers of organisations."""
