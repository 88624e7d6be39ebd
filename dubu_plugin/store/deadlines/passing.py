"""What time itself does to deadlines: it passes the moment they were due."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.frister.overholdelse import HEARD
from dubu_plugin.frister.rule import MISSED, Kind
from dubu_plugin.store.deadlines.states import Row, State, stands
from dubu_plugin.store.tables import afgoerelse_breve, frister, haendelser, letters, ure

DECIDED: Final = (Haendelse.AFGOERELSE_TRUFFET, Haendelse.UDVALGSAFGOERELSE_TRUFFET)
"""Before these the child must have been heard."""

OVER: Final = {
    Kind.TIDLIGST: State.OPFYLDT,
    Kind.LAAS: State.BORTFALDET,
    Kind.MAA: State.BORTFALDET,
}
"""What becomes of the kinds that end by themselves: from then on it may be done, or no longer."""

# Written out, and not parameters: the index of what falls due next is one of this condition.
_RUNNING: Final = sa.and_(
    frister.c.state == sa.literal(State.AABEN.value, literal_execute=True),
    frister.c.exceeded_at.is_(None),
)

_NOT_TOLD = sa.and_(
    frister.c.kind == Kind.TIDLIGST,
    sa.exists().where(
        afgoerelse_breve.c.skrift_id == frister.c.subject_id,
        letters.c.id == afgoerelse_breve.c.letter_id,
        letters.c.state.not_in((LetterState.SENDT, LetterState.UDGAAET)),
    ),
)
"""Nobody may begin yet: a party waits for the letter the time runs from (barnets lov § 11)."""


def passed(connection: sa.Connection, now: datetime, limit: int) -> Sequence[Row]:
    """Return open deadlines whose moment has passed and that nothing was done about, in order.

    One that is interrupted does not run out, nor does a notice somebody has no letter of.
    """
    return connection.execute(_passed(limit), {"now": now}).all()


@cache
def _passed(limit: int) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(frister)
        .where(
            _RUNNING,
            frister.c.due < sa.bindparam("now", type_=frister.c.due.type),
            frister.c.paused_at.is_(None),
            sa.not_(_NOT_TOLD),
            frister.c.kind.in_(sorted({*MISSED, *OVER})),
        )
        .order_by(frister.c.due, frister.c.id)
        .limit(limit)
    )


def mark_missed(connection: sa.Connection, row: Row, recorded: UUID) -> None:
    """Remember that a deadline was missed at its due moment, and the hændelse that says so."""
    connection.execute(
        sa.update(frister)
        .where(frister.c.id == row.id)
        .values(exceeded_at=row.due, exceeded_id=recorded)
    )


def missed_when_lapsed(connection: sa.Connection, row: Row, at: datetime) -> datetime | None:
    """Return when a deadline that lapses unmet had been missed, or None where it had not.

    It lapses because nobody is asked for it any more; that it was missed stands all the same.

    :param at: when it lapses.
    """
    if row.rule == HEARD:
        # It has no date: it was missed when the decision was made without it.
        decided: datetime | None = connection.scalar(
            sa.select(sa.func.min(haendelser.c.occurred_at)).where(
                haendelser.c.sag_id == row.sag_id,
                haendelser.c.type.in_(DECIDED),
                haendelser.c.occurred_at.between(row.anchor_at, at),
                stands(),
            )
        )
        return decided
    runs_out = row.kind in MISSED and row.due is not None and row.paused_at is None
    return row.due if runs_out and row.due < at else None


def end_by_itself(connection: sa.Connection, row: Row) -> None:
    """Close a deadline that ends when its moment comes. No hændelse: nobody did anything."""
    connection.execute(
        sa.update(frister)
        .where(frister.c.id == row.id)
        .values(state=OVER[Kind(row.kind)], ended_at=row.due)
    )


def told_until(connection: sa.Connection, clock: str) -> datetime | None:
    """Return how far one of our clocks has told, or None where it has not begun."""
    found: datetime | None = connection.scalar(sa.select(ure.c.at).where(ure.c.name == clock))
    return found


def tell_until(connection: sa.Connection, clock: str, at: datetime) -> None:
    """Remember how far a clock has told. It never goes back."""
    before = told_until(connection, clock)
    if before is None:
        connection.execute(sa.insert(ure).values(name=clock, at=at))
    elif before < at:
        connection.execute(sa.update(ure).where(ure.c.name == clock).values(at=at))
