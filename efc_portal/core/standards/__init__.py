"""The published standards that identifiers follow, each in a module without anything of the portal around it."""
