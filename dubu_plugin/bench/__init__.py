"""How fast it is, measured on made-up municipalities and never guessed.

`ground` makes and keeps the municipalities, `serving` runs the product as its users run it,
`timing` has it say what each answer took, `pages`, `posting`, `running`, `writing` and `editing`
are the workloads, and
`figures` sums up. What was measured stands in benchmarks/RESULTS.md.
"""
