"""What happens to a case as a whole."""
