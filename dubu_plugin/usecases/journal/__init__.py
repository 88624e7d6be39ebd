"""The journal of a case: a note somebody writes, and what others write there, copied."""
