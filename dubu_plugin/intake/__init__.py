"""Reading what came in: bytes go in, a `Content` comes out. Nothing here writes or remembers.

`read.read` is the way in. Every file is hostile until shown otherwise: `kinds` decides by content
before name, `mail` and `text` are cheap and run here, and the two formats a library can choke on,
Word and PDF, are read by `sandbox` in a process of their own with bounds on memory and time.
"""
