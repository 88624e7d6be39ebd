"""The journal of a case: everything in one stream, and the notes written in it."""
