"""Setting an installation up, and seeing that its parts belong together."""
