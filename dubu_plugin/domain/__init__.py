"""What the law and the method say. No I/O, no database, no clock."""
