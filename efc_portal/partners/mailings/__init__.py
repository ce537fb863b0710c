"""Letters of the secretariat to the people of members, by segment."""
