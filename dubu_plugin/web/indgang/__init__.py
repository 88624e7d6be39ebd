"""What comes in: the queue, the telephone, the original, and whom something is about."""
