"""What stands open and would not, had its rule been then as it is now.

A release can let more end a deadline than the one before it did. What had happened by then is asked
once more; a deadline that is ended so says which hændelse did it, and when.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines.hindsight import end_by, recorded_on
from dubu_plugin.store.deadlines.recounting import OPEN
from dubu_plugin.store.deadlines.states import Row, stands
from dubu_plugin.store.tables import frister, haendelser


def to_look_at(
    connection: sa.Connection, book: RuleBook, code: str, after: UUID, limit: int
) -> Sequence[Row]:
    """Return open deadlines of a rule on whose case something happened since that ends such, those
    after a key."""
    ends: set[Haendelse] = set()
    for rule in book.versions.get(code, ()):
        ends |= rule.met_by | rule.annulled_by | rule.lapses_with | rule.met_on_case.keys()
    # What lapsed with a case that is open again was opened again with it.
    ends -= {Haendelse.SAG_LUKKET}
    if not ends:
        return ()
    since = sa.exists().where(
        haendelser.c.sag_id == frister.c.sag_id,
        haendelser.c.type.in_(sorted(ends)),
        haendelser.c.occurred_at >= frister.c.anchor_at,
        haendelser.c.id != frister.c.anchor_id,
        stands(),
    )
    found: Any = connection.execute(
        sa.select(frister)
        .where(OPEN, frister.c.rule == code, frister.c.id > after, since)
        .order_by(frister.c.id)
        .limit(limit)
    ).all()
    rows: Sequence[Row] = found
    return rows


def end_what_ended(connection: sa.Connection, book: RuleBook, rows: Sequence[Row]) -> int:
    """Let what was recorded end these, where it does now; return how many it ended."""
    for sag in dict.fromkeys(row.sag_id for row in rows):
        mine = [row for row in rows if row.sag_id == sag]
        end_by(connection, book, mine, recorded_on(connection, sag))
    left = sa.select(sa.func.count()).where(OPEN, frister.c.id.in_([row.id for row in rows]))
    return len(rows) - (connection.scalar(left) or 0)
