"""A decision from its preparation to the complaint: prepare, hear, decide, tell, look again."""
