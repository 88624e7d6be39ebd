"""A rule that is new here, on what runs already: it opens what it would have opened.

On the cases, and on what came in: an underretning is received before anybody has said whose it is,
so what was recorded then names no case.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Rule, Subject
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.versions import version_of
from dubu_plugin.store.deadlines.hindsight import end_by, recorded_on, still_prepared
from dubu_plugin.store.deadlines.opening import open_new
from dubu_plugin.store.deadlines.standing import standing_on
from dubu_plugin.store.deadlines.states import STANDING, Happened, Row, State, stands
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import frister, haendelser, sager, underretninger

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


def open_underretninger(connection: sa.Connection, after: UUID, limit: int) -> Sequence[UUID]:
    """Return what came in and is open, with a running case or with none, those after a key."""
    one = underretninger.c
    return connection.scalars(
        sa.select(one.id).where(_is_open(), one.id > after).order_by(one.id).limit(limit)
    ).all()


def how_many_underretninger(connection: sa.Connection) -> int:
    """Return how much of what came in is open."""
    asked = sa.select(sa.func.count()).select_from(underretninger).where(_is_open())
    return connection.scalar(asked) or 0


def _is_open() -> sa.ColumnElement[bool]:
    one = underretninger.c
    over = sa.exists().where(sager.c.id == one.sag_id, sager.c.phase == CLOSED)
    return sa.and_(one.closed_at.is_(None), sa.not_(over))


def open_missing(
    connection: sa.Connection,
    book: RuleBook,
    codes: Iterable[str],
    *,
    cases: Sequence[UUID] = (),
    came_in: Sequence[UUID] = (),
    now: datetime,
) -> int:
    """Open what new rules ask of some cases or underretninger and is not due yet; return how many.

    What would have been due before the rule was switched on is not asked for afterwards.
    """
    rules = [rule for code in codes for rule in book.versions.get(code, ()) if rule.on]
    starting = {what for rule in rules for what in rule.opens_on}
    if not starting:
        return 0
    mine = haendelser.c.underretning_id.in_(came_in) if came_in else haendelser.c.sag_id.in_(cases)
    rows = connection.execute(
        sa.select(haendelser, underretninger.c.sag_id.label("its_case"))
        .outerjoin(underretninger, underretninger.c.id == haendelser.c.underretning_id)
        .where(mine, haendelser.c.type.in_(sorted(starting)), stands())
        .order_by(haendelser.c.seq)
    )
    fresh: list[UUID] = []
    for row in rows.all():
        fresh += _open(connection, book, rules, _happened(row), now, not_before=now,
                       its_case=row.its_case)  # fmt: skip
    _answered_before(connection, book, fresh)
    return len(fresh)


def _answered_before(connection: sa.Connection, book: RuleBook, fresh: Sequence[UUID]) -> None:
    """Let what was answered already count as met, where each asks for itself, and let what was
    done about what came in, or annulled it, end what is of that."""
    each = sorted({rule.code for rule in book.rules if rule.each})
    about = sa.or_(frister.c.rule.in_(each), frister.c.underretning_id.is_not(None))
    asked = sa.select(frister).where(frister.c.id.in_(fresh), about)
    mine: dict[tuple[UUID | None, UUID | None], list[Row]] = {}
    for row in connection.execute(asked) if fresh else ():
        mine.setdefault((row.sag_id, row.underretning_id), []).append(row)
    for (sag, underretning), rows in mine.items():
        end_by(connection, book, rows, recorded_on(connection, sag, underretning=underretning))


def open_by_birth(
    connection: sa.Connection, book: RuleBook, sag: UUID, *, now: datetime
) -> Sequence[UUID]:
    """Open what rules about an age, or about a child that is born, would have opened on a case, had
    the date of birth been known.

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
        if rule.on and (rule.age is not None or rule.of_born) and rule.code not in standing
    ]
    starting = {what for rule in rules for what in rule.opens_on}
    if not starting:
        return ()
    recorded = recorded_on(connection, sag)
    fresh: list[UUID] = []
    for one in still_prepared(recorded):
        if one.what in starting:
            fresh += _open(connection, book, rules, one, now)
    rows = connection.execute(sa.select(frister).where(frister.c.id.in_(fresh))).all()
    end_by(connection, book, rows, recorded)
    return fresh


def _open(
    connection: sa.Connection,
    book: RuleBook,
    rules: Sequence[Rule],
    happened: Happened,
    now: datetime,
    *,
    not_before: datetime | None = None,
    its_case: UUID | None = None,
) -> Sequence[UUID]:
    """Open what a hændelse opens.

    :param its_case: the case that what came in is on now: its own deadlines hang there too.
    """
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
    its = [rule for rule in opening if rule.subject is Subject.UNDERRETNING]
    others = [rule for rule in opening if rule.subject is not Subject.UNDERRETNING]
    on_now = replace(happened, sag=its_case or happened.sag)
    opened: list[UUID] = []
    for on, some in ((on_now, its), (happened, others)):
        opened += open_new(connection, on, some, standing, still_open, now, not_before=not_before)[
            0
        ]
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
