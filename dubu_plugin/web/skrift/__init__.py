"""What is written by a method: its pages, its figure, its versions and their diff."""
