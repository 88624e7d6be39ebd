"""What a leader sees: what was kept and missed, nobody's cases, and the reports to the state."""
