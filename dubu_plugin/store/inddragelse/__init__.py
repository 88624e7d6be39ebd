"""Talks, consents, statements and meetings."""
