"""Activities as data: the catalogue of types, and plans that put them in order on a case.

Nothing here stores anything; `dubu_plugin.store.aktivitet.plan_reaction` applies plans in a
transaction.
"""
