"""A deadline that follows supports and placements: it lapses with the last, else follows the rest.

So the help of a young person ends at 18 also where one support of two ended before (barnets lov
§ 99), and the first follow-up is due of what still runs (§ 95, stk. 2).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import NOTHING, Rule
from dubu_plugin.store.deadlines.replacing import born, by_rule, replace
from dubu_plugin.store.deadlines.states import STANDING, Happened, Row, State
from dubu_plugin.store.indsats.running import BEGINS, ENDS, TAKEN_OVER, Thing, running
from dubu_plugin.store.tables import frister, haendelser


def lapse_or_follow(
    connection: sa.Connection, rule: Rule, row: Row, happened: Happened, now: datetime
) -> State | None:
    """Return what becomes of a deadline where something it may follow has ended.

    It is counted from the first that is left, where what it was counted from has ended; where each
    is asked for by itself, from the first that has no deadline of its own.

    :return: None where it stays as it is; else that it lapsed, or that another is in its place.
    """
    left = followed(connection, rule, row.sag_id)
    if not left:
        return None if happened.data.get(TAKEN_OVER) else State.BORTFALDET
    begun = sa.select(haendelser.c.type).where(haendelser.c.id == row.anchor_id)
    was_begun = Haendelse(connection.scalar(begun) or happened.what) in BEGINS
    if not was_begun or row.anchor_id in {one.id for one in left}:
        return None
    if rule.each:
        left = _without_own(connection, row, left)
        if not left:
            return State.BORTFALDET
    first = left[0]
    day = born(connection, row.person_id) if rule.age is not None else None
    term = rule.term(first.occurred_at, NOTHING, day)
    later = term is not None and row.due is not None and term.due.astimezone(UTC) > row.due
    if later and not rule.each:
        # A child that is placed anew is not visited later for it (§ 156).
        return None
    replace(
        connection,
        row,
        by=happened.id,
        now=now,
        anchor_id=first.id,
        anchor_at=first.occurred_at,
        moved_by=None,
        **by_rule(rule, term),
    )
    return State.AFLOEST


def ended_with(
    connection: sa.Connection, rule: Rule, row: Row, recorded: Iterable[Happened]
) -> Happened | None:
    """Return what the last of them ended with, where nothing a deadline follows runs any more.

    What had ended before it was opened is not what it follows.
    """
    begun: datetime = row.anchor_at
    ends = [one for one in recorded if one.what in rule.lapses_with and one.occurred_at >= begun]
    if (
        not ends
        or ends[-1].data.get(TAKEN_OVER)
        or row.sag_id is None
        or followed(connection, rule, row.sag_id)
    ):
        return None
    return ends[-1]


def followed(connection: sa.Connection, rule: Rule, sag: UUID | None) -> Sequence[Thing]:
    """Return what runs of what a rule follows: what it lapses with the end of."""
    ended = {ENDS[what] for what in rule.lapses_with}
    kinds = {what for what, subject in BEGINS.items() if subject in ended}
    return [
        one
        for one in (running(connection, sag) if sag else ())
        if one.what in kinds and not rule.rules_out(one.what, one.data)
    ]


def _without_own(connection: sa.Connection, row: Row, left: Sequence[Thing]) -> Sequence[Thing]:
    own = set(
        connection.scalars(
            sa.select(frister.c.anchor_id).where(
                frister.c.sag_id == row.sag_id,
                frister.c.rule == row.rule,
                frister.c.state.in_(STANDING),
            )
        )
    )
    return [one for one in left if one.id not in own]
