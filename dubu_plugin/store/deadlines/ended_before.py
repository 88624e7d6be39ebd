"""What stands open and would not, had its rule been then as it is now.

A release can let more end a deadline than the one before it did. What had happened by then is asked
once more; a deadline that is ended so says which hændelse did it, and when.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines.hindsight import end_by, recorded_on
from dubu_plugin.store.deadlines.recounting import OPEN
from dubu_plugin.store.deadlines.states import Row, State, stands
from dubu_plugin.store.tables import frister, haendelser, personer


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


def of_expected(connection: sa.Connection, book: RuleBook) -> Mapping[str, Sequence[UUID]]:
    """Return open deadlines of rules about a child that is born, of children that are not yet, by
    the rule's code."""
    codes = {rule.code for rule in book.rules if rule.of_born}
    child = personer.c
    expected = sa.select(child.id).where(child.mother_id.is_not(None), child.born.is_(None))
    asked = sa.select(frister.c.id).where(OPEN, frister.c.person_id.in_(expected))
    found = {
        code: connection.scalars(asked.where(frister.c.rule == code)).all()
        for code in sorted(codes)
    }
    return {code: some for code, some in found.items() if some}


def lapse(connection: sa.Connection, some: Sequence[UUID], *, by: UUID, now: datetime) -> None:
    """Let some deadlines lapse.

    :param by: the hændelse that says why.
    """
    ended = {"state": State.BORTFALDET, "ended_at": now, "ended_by": by}
    connection.execute(sa.update(frister).where(frister.c.id.in_(some)).values(ended))


def end_what_ended(connection: sa.Connection, book: RuleBook, rows: Sequence[Row]) -> int:
    """Let what was recorded end these, where it does now; return how many it ended."""
    for sag in dict.fromkeys(row.sag_id for row in rows):
        mine = [row for row in rows if row.sag_id == sag]
        end_by(connection, book, mine, recorded_on(connection, sag))
    left = sa.select(sa.func.count()).where(OPEN, frister.c.id.in_([row.id for row in rows]))
    return len(rows) - (connection.scalar(left) or 0)
