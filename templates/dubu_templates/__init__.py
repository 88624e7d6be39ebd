"""What a municipality may change without a developer: letters, deadline rules, catalogues."""
