"""What is written by a method: its versions, texts, needs and sources."""
