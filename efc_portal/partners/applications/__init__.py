"""Joining: the application, its vetting, the vote, and admission."""
