"""A rule that is new here, on the cases that run already: it opens what it would have opened."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.versions import version_of
from dubu_plugin.store.deadlines.hindsight import end_by, recorded_on
from dubu_plugin.store.deadlines.opening import open_new
from dubu_plugin.store.deadlines.standing import standing_on
from dubu_plugin.store.deadlines.states import STANDING, Happened, Row, State, stands
from dubu_plugin.store.sager import CLOSED
from dubu_plugin.store.tables import frister, haendelser, sager

START: Final = UUID(int=0)
"""The key before every other."""


def open_cases(connection: sa.Connection, after: UUID, limit: int) -> Sequence[UUID]:
    """Return running cases, those after a key."""
    return connection.scalars(
        sa.select(sager.c.id)
        .where(sager.c.phase != CLOSED, sager.c.id > after)
        .order_by(sager.c.id)
        .limit(limit)
    ).all()


def how_many_open(connection: sa.Connection) -> int:
    """Return how many cases run."""
    asked = sa.select(sa.func.count()).select_from(sager).where(sager.c.phase != CLOSED)
    return connection.scalar(asked) or 0


def open_missing(
    connection: sa.Connection,
    book: RuleBook,
    codes: Iterable[str],
    cases: Sequence[UUID],
    *,
    now: datetime,
) -> int:
    """Open what new rules ask of running cases and is not due yet; return how many.

    What would have been due before the rule was switched on is not asked for afterwards.
    """
    rules = [rule for code in codes for rule in book.versions.get(code, ()) if rule.on]
    starting = {what for rule in rules for what in rule.opens_on}
    if not starting or not cases:
        return 0
    rows = connection.execute(
        sa.select(haendelser)
        .where(haendelser.c.sag_id.in_(cases), haendelser.c.type.in_(sorted(starting)), stands())
        .order_by(haendelser.c.seq)
    )
    fresh: list[UUID] = []
    for row in rows.all():
        fresh += _open(connection, book, rules, _happened(row), now, not_before=now)
    _answered_before(connection, book, fresh)
    return len(fresh)


def _answered_before(connection: sa.Connection, book: RuleBook, fresh: Sequence[UUID]) -> None:
    """Let what was answered already count as met, where each asks for itself."""
    each = sorted({rule.code for rule in book.rules if rule.each})
    asked = sa.select(frister).where(frister.c.id.in_(fresh), frister.c.rule.in_(each))
    mine: dict[UUID, list[Row]] = {}
    for row in connection.execute(asked) if fresh else ():
        mine.setdefault(row.sag_id, []).append(row)
    for sag, rows in mine.items():
        end_by(connection, book, rows, recorded_on(connection, sag))


def open_by_birth(
    connection: sa.Connection, book: RuleBook, sag: UUID, *, now: datetime
) -> Sequence[UUID]:
    """Open what rules about an age would have opened on a case, had the date of birth been known.

    Also what is due already: the duty is no smaller for having been overlooked. What was done
    since, and what it was for that has ended, counts.
    """
    standing = connection.scalars(
        sa.select(frister.c.rule)
        .where(frister.c.sag_id == sag, frister.c.state.in_(STANDING))
        .distinct()
    ).all()
    rules = [
        rule
        for rule in book.rules
        if rule.on and rule.age is not None and rule.code not in standing
    ]
    starting = {what for rule in rules for what in rule.opens_on}
    if not starting:
        return ()
    fresh: list[UUID] = []
    for one in recorded_on(connection, sag, kinds=starting):
        fresh += _open(connection, book, rules, one, now)
    rows = connection.execute(sa.select(frister).where(frister.c.id.in_(fresh))).all()
    end_by(connection, book, rows, recorded_on(connection, sag))
    return fresh


def _open(
    connection: sa.Connection,
    book: RuleBook,
    rules: Sequence[Rule],
    happened: Happened,
    now: datetime,
    *,
    not_before: datetime | None = None,
) -> Sequence[UUID]:
    opening = [
        rule
        for rule in rules
        if happened.what in rule.opens_on
        and version_of(book.versions[rule.code], happened.occurred_at) is rule
        and rule.applies(happened.data)
        and not rule.rules_out(happened.what, happened.data)
        and happened.subject(rule.subject) is not None
    ]
    if not opening:
        return ()
    standing = standing_on(connection, happened, opening)
    still_open = {row.id for row in standing if row.state == State.AABEN}
    opened, _ = open_new(
        connection, happened, opening, standing, still_open, now, not_before=not_before
    )
    return opened


def _happened(row: sa.Row[*tuple[object, ...]]) -> Happened:
    said = row._mapping
    return Happened(
        Haendelse(said["type"]),
        said["id"],
        said["occurred_at"],
        said["sag_id"],
        said["underretning_id"],
        said["person_id"],
        None,
        None,
        json.loads(said["data"]),
    )
