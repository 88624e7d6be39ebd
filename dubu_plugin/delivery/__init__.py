"""How the outside is told: rows of the outbox are taken to the ports, once each, in order."""
