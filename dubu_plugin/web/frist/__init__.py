"""The deadlines of a case, and the application's answer day."""
