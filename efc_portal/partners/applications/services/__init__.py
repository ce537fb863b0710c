"""Writes to applications: drafts of applicants, vetting by the secretariat, members' words and votes, decisions."""
