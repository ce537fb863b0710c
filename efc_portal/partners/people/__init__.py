"""The people of an organisation: invitations, roles, suspension, lost second factors."""
