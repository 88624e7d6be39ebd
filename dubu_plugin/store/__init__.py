"""What is remembered: tables, transactions, queries. The only place that knows SQL.

Read ``database`` (one way to write, one way to read), ``transaction`` (what happened, what follows,
what the outside is told) and ``access`` (who may see it) first. Then a folder an area.
"""
