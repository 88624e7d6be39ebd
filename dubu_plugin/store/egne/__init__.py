"""What the municipality enters itself: rates, answering times, reports."""
