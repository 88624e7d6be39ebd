"""Reminders one sets oneself: for oneself, a colleague or a team; and the host's copies of ours."""
