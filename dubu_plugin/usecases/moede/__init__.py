"""Meetings on a case: booked, moved and cancelled here, answered by mail, changed in a calendar."""
