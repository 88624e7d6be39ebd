"""The gates a decision passes before it is made: one function a paragraph.

Each returns what is refused, in a Danish sentence that names the paragraph and says what to do, or
None. A gate is asked about the day the decision is made: a child who has turned ten, fifteen or
eighteen since it was begun is that old. Read `standing`, then `passing`.
"""
