"""Min dag: what is due, put off and waited for, one's own reminders, absence and calendar."""
