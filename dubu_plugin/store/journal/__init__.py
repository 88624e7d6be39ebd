"""The journal's own notes and documents, copied, and the stream of a case."""
