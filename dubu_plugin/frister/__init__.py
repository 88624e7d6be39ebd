"""Deadlines as data: rules in files, how they are counted, and what one line in Min dag shows.

Nothing here stores anything; `dubu_plugin.store.deadlines` opens and closes them in a transaction.
"""
