"""The panel of a case: what is next, its course, what is noted by hand, and its end."""
