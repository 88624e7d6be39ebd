"""The indsatser of a case: a list, one of them, and the timeline."""
