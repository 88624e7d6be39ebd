"""Deadlines in the database: opened, met, annulled, moved, paused and missed by what happens.

Everything here runs in the transaction the hændelse is recorded in, so a case never lacks a
deadline its own history asks for.

Read `states` first, then `reacting`, which the others follow from: `ending` and `opening` are what
a hændelse does, `replacing` keeps the old value, `passing` is what time itself does, `recounting`
what a changed rule does, and `ended_before` what had happened by then, `waiting` what a deadline
waits for, `following` who has it.
"""

from dubu_plugin.store.deadlines.following import give_one, hand_over
from dubu_plugin.store.deadlines.reacting import Moved, react
from dubu_plugin.store.deadlines.states import (
    KOMMUNE,
    STANDING,
    Happened,
    State,
    bundle_of,
    is_of,
)

__all__ = [
    "KOMMUNE",
    "STANDING",
    "Happened",
    "Moved",
    "State",
    "bundle_of",
    "give_one",
    "hand_over",
    "is_of",
    "react",
]
