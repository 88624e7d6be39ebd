"""Decisions: what stands before them, parties, reckonings and complaints."""
