"""Activity plans on a case and of a unit."""
