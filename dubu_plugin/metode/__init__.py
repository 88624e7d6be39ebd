"""Methods as data: what an assessment looks at, and what helps whoever writes it.

A case keeps the version of the method it started with. Nothing here stores anything.
"""
