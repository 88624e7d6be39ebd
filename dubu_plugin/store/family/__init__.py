"""The child and those around it: people, kinship, births, network."""
