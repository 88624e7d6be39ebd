"""How deadlines are kept: figures, rows and risk, within what somebody may know."""
