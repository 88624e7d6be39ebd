"""What an administrator edits: rates, answering times and the municipality's plans."""
