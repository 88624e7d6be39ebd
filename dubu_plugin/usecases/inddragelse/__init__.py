"""How a child and its family are involved: talks, consents, statements asked for."""
