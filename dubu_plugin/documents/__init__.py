"""Letters: read from the shelf, filled in, shown, and turned into PDF.

Read in this order: ``letter`` (what a letter is), ``shelf`` (all of them), ``fill`` (values into
a Word file), ``reading`` (what a Word file says), ``pdf`` (paper), ``lint`` (what is wrong).
"""
