"""What comes in: the queue, the underretning, its assessment and genvurdering."""
