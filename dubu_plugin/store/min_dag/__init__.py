"""What somebody's day holds: lines due, put off, absence, reminders and the morning mail."""
