"""What a family gets a month: one module a paragraph, pure functions, Decimal throughout.

Read `linjer` first: what a reckoning says. Then `tabt` (§ 87) and `kompensation` (§ 86).
"""
