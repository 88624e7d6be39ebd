"""What the product needs of other systems: one Protocol per need, with the types it speaks in."""
