"""Activity plans: their versions, steps and lines, and how they answer what happens."""
