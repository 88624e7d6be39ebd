"""Answering times: what the municipality has published, and what an applicant is told."""
