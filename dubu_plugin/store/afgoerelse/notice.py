"""When the family has the decision that takes help away: its notice runs from then (barnets lov
§ 11, stk. 1)."""

from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.sag import noted

RULE: Final = "VARSEL-14U"
"""The deadline rule of the notice: it says when a letter is received."""

DONE: Final = (LetterState.SENDT, LetterState.UDGAAET)
"""Where a letter is no more waited for."""


def received_on(
    connection: sa.Connection, rules: RuleBook, sag: UUID, afgoerelse: UUID
) -> date | None:
    """Return the Danish day the last party has their letter; None while one of them waits."""
    letters = afgoerelser.told(connection, afgoerelse)
    # What came back is not received: it waits, until the one in its place is sent.
    waits = any(one.state not in DONE for one in letters)
    rule = rules.newest(RULE)
    if waits or rule is None:
        return None
    days = [
        danish_day(rule.starts_at(at, said))
        for at, said in noted.told(connection, sag, Haendelse.AFGOERELSE_MEDDELT)
        if said.get("afgoerelse") == str(afgoerelse)
    ]
    return max(days, default=None)
