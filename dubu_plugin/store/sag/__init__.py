"""Cases: opened, moved, noted on, and what their panel shows."""
