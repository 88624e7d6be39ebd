"""Letters and documents of a case: what goes in them, and having them written, filed and sent."""
