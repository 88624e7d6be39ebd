"""What people do: one act a file, in a folder a step of the course."""
