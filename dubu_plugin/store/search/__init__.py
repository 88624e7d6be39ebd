"""The words cases and underretninger are found by."""
