"""What people and the clock do to keep Min dag calm: put off, be away, send on, write once."""
