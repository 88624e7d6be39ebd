"""Our pages, in Danish: Min dag, Indgang, the case panel and search.

Read in this order: ``site`` (how the pages become one application), ``door`` (who may come in),
``drawing`` (how a page is drawn, alone or in a host's frame). Then a folder an area, from what
comes in to what is followed up: in each, ``page`` is its main page, ``…_page`` another, ``view``
what is shown and ``form`` what is sent. The templates lie the same way in ``pages``.
"""
