"""Decisions: what can be decided, the parties' hearing, what is reckoned, and complaints."""
