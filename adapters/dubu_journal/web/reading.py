"""Questions only the client asks. Each reads about as much as it shows, however much is stored.

A list is read along an index and stopped; nothing here counts a whole table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from dubu_journal import access, cases, parties, post_box
from dubu_journal import tables as t
from dubu_journal.access import Viewer
from dubu_journal.cases import Case
from dubu_journal.parties import Party
from dubu_journal.post_box import Item
from dubu_journal.rows import columns, every, first
from dubu_journal.tray import Letter

RUNNING: Final = tuple(key for key in cases.STATUSES if key != cases.CLOSED)
"""The statuses of a case that is not closed."""

BY_ITSELF: Final = "Systemet"
"""What a page calls the author of what no person wrote."""

_AT_MOST: Final = sa.bindparam("at_most", type_=sa.Integer())

MOST_BRANCHES: Final = 100
"""How many indexed lists are merged; above that, reading along all cases is quicker."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in a list, with the one it is about."""

    case: Case
    primary: Party | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list of cases, the last changed first, goes on: after this one."""

    changed: datetime
    id: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Return the place an address names, None where it names none."""
        try:
            changed, id_ = text.split("_")
            return cls(datetime.fromtimestamp(int(changed) / 1_000_000, UTC), int(id_))
        except (ValueError, OverflowError, OSError):
            return None

    @classmethod
    def of(cls, case: Case) -> "Place":
        """Return the place of a case."""
        return cls(case.changed, case.id)

    def __str__(self) -> str:
        return f"{round(self.changed.timestamp() * 1_000_000)}_{self.id}"


def mine(
    connection: sa.Connection,
    viewer: Viewer,
    statuses: Sequence[str] = RUNNING,
    *,
    after: Place | None = None,
    limit: int,
) -> list[Case]:
    """Return the cases somebody is responsible for or works on, the last changed first."""
    asked = _mine(tuple(statuses), after is not None)
    return _listed(connection, asked, after, limit, user=viewer.user)


@cache
def _mine(statuses: tuple[str, ...], goes_on: bool) -> sa.Select[Any]:
    """Put together once: every page asks it."""
    c, user = t.cases.c, sa.bindparam("user", type_=sa.Unicode())
    branches = [
        _newest((c.responsible == user) & (c.status == status), goes_on) for status in statuses
    ]
    joined = sa.select(t.case_members.c.case_id).where(t.case_members.c.user == user)
    working = c.id.in_(joined) & c.status.in_(statuses)
    return _merged([*branches, _newest(working, goes_on)])


def in_units(
    connection: sa.Connection,
    viewer: Viewer,
    statuses: Sequence[str] = RUNNING,
    *,
    after: Place | None = None,
    limit: int,
) -> list[Case]:
    """Return the unprotected cases of the units somebody sees, the last changed first."""
    public = ~t.cases.c.protected
    if len(viewer.units) * len(statuses) > MOST_BRANCHES:
        wide = t.cases.c.unit.in_(viewer.units) & t.cases.c.status.in_(statuses)
        return _listed(
            connection, _merged([_newest(public & wide, after is not None)]), after, limit
        )
    branches = [
        _newest(public & (t.cases.c.unit == unit) & (t.cases.c.status == status), after is not None)
        for unit in sorted(viewer.units)
        for status in statuses
    ]
    return _listed(connection, _merged(branches), after, limit) if branches else []


def with_primary(connection: sa.Connection, found: Sequence[Case]) -> list[Listed]:
    """Return the cases with the one each is about."""
    if not found:
        return []
    about = parties.of_cases(connection, [case.id for case in found], primary_only=True)
    return [Listed(case, next(iter(about.get(case.id, [])), None)) for case in found]


def by_ids(connection: sa.Connection, case_ids: Iterable[int]) -> dict[int, Case]:
    """Return cases by their ids."""
    wanted = sorted(set(case_ids))
    if not wanted:
        return {}
    found = every(connection, cases.select().where(t.cases.c.id.in_(wanted)), Case)
    return {case.id: case for case in found}


def visible_by_ids(
    connection: sa.Connection, viewer: Viewer, case_ids: Iterable[int]
) -> list[Case]:
    """Return those of the cases with these ids that the host's own rule shows this viewer."""
    ids = sorted(set(case_ids))
    if not ids:
        return []
    asked = cases.select().where(t.cases.c.id.in_(ids), access.visible(viewer))
    return every(connection, asked, Case)


def visible_of(connection: sa.Connection, viewer: Viewer, found: Sequence[Case]) -> list[Case]:
    """Return those of the cases that the host's own rule shows this viewer, in their order."""
    seen = access.visible_of(connection, viewer, (case.id for case in found))
    return [case for case in found if case.id in seen]


def case_numbered(connection: sa.Connection, number: str) -> int | None:
    """Return the id of the case with this number, None where there is none."""
    asked = sa.select(t.cases.c.id).where(t.cases.c.number == number.strip().upper())
    return connection.execute(asked).scalar()


def post(connection: sa.Connection, state: str, *, before: int | None, limit: int) -> list[Item]:
    """Return the post in a state, newest first, with an id below `before`."""
    asked = post_box.select().where(t.incoming_post.c.state == state)
    if before is not None:
        asked = asked.where(t.incoming_post.c.id < before)
    return every(connection, asked.order_by(t.incoming_post.c.id.desc()).limit(limit), Item)


def new_post(connection: sa.Connection, *, most: int) -> int:
    """Return how much post nobody has seen to, counting no further than `most`."""
    return connection.execute(_new_post(most)).scalar_one()


@cache
def _new_post(most: int) -> sa.Select[int]:
    """Put together once: every page with the menu asks it."""
    new = sa.select(t.incoming_post.c.id).where(t.incoming_post.c.state == post_box.NEW)
    return sa.select(sa.func.count()).select_from(new.limit(most).subquery())


def post_item(connection: sa.Connection, post_id: int) -> Item | None:
    """Return an item of post, or None."""
    return first(connection, post_box.select().where(t.incoming_post.c.id == post_id), Item)


def letters(
    connection: sa.Connection, *, by: str | None, before: int | None, limit: int
) -> list[Letter]:
    """Return letters in the tray, newest first, with an id below `before`.

    :param by: only those put there by this user; None for everybody's.
    """
    asked = sa.select(*columns(Letter, t.outgoing_post))
    if by is not None:
        asked = asked.where(t.outgoing_post.c.queued_by == by)
    if before is not None:
        asked = asked.where(t.outgoing_post.c.id < before)
    return every(connection, asked.order_by(t.outgoing_post.c.id.desc()).limit(limit), Letter)


def number(text: str) -> int | None:
    """Return the id an address names, None where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def user_names(connection: sa.Connection, keys: Iterable[str | None]) -> dict[str, str]:
    """Return the names of users by their keys; a key nobody has is something that ran by itself."""
    wanted = sorted({key for key in keys if key})
    if not wanted:
        return {}
    asked = sa.select(t.users.c.key, t.users.c.name).where(t.users.c.key.in_(wanted))
    found = {key: name for key, name in connection.execute(asked)}
    return {key: found.get(key, BY_ITSELF) for key in wanted}


def _newest(condition: sa.ColumnElement[bool], goes_on: bool) -> sa.Select[tuple[int, datetime]]:
    """Return the question for the ids of the last changed cases that fit.

    :param goes_on: whether it begins after a place, which is then given.
    """
    asked = sa.select(t.cases.c.id, t.cases.c.changed).where(condition)
    if goes_on:
        place = (sa.bindparam("changed", type_=t.Moment), sa.bindparam("id", type_=sa.Integer()))
        asked = asked.where(sa.tuple_(t.cases.c.changed, t.cases.c.id) < sa.tuple_(*place))
    newest_first = asked.order_by(t.cases.c.changed.desc(), t.cases.c.id.desc()).limit(_AT_MOST)
    return sa.select(newest_first.subquery())


def _merged(branches: Sequence[sa.Select[Any]]) -> sa.Select[Any]:
    """Return the question for the cases of several lists as one list without repeats."""
    ids = sa.union(*branches).subquery()
    return (
        cases.select()
        .join(ids, ids.c.id == t.cases.c.id)
        .order_by(t.cases.c.changed.desc(), t.cases.c.id.desc())
        .limit(_AT_MOST)
    )


def _listed(
    connection: sa.Connection,
    asked: sa.Select[Any],
    after: Place | None,
    limit: int,
    **given: str,
) -> list[Case]:
    place = {} if after is None else {"changed": after.changed, "id": after.id}
    return every(connection, asked, Case, at_most=limit, **place, **given)
