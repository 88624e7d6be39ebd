"""The indsatser of a case: what runs, and how it is followed up."""
