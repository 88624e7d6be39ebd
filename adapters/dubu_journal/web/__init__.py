"""The journal's own web client: plain pages, drawn on the server, working without scripts.

Read in this order: ``site`` (how the pages become one application), ``visit`` (what a page is
given), ``doors`` (who may see what, and what is written of it), ``chrome`` (what stands around
every page), then a module a page.
"""
