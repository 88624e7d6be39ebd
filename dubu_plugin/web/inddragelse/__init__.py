"""Talks with the child, consents, statements and meetings."""
