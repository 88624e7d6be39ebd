"""Our pages, in Danish: Min dag, Indgang, the case panel and search.

Read in this order: ``site`` (how the pages become one application), ``door`` (who may come in),
``drawing`` (how a page is drawn, alone or in a host's frame), then the page modules.
"""
