"""The intake queue: what has come in and nobody has finished looking at, the oldest clock first.

Two kinds of lines stand in it: what is registered and not yet assessed, and post that waits for a
person because nothing could be made of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker, Relation, opens
from dubu_plugin.domain.intake import PostState
from dubu_plugin.store.access import visible_underretninger
from dubu_plugin.store.page_memory import known, once
from dubu_plugin.store.prepared import Prepared
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import (
    drafts,
    post_items,
    sagsdeltagere,
    underretninger,
)
from dubu_plugin.store.underretning.indgang_line import (
    UNTOUCHED,
    Item,
    post_and_registered,
    read_line,
    selected,
    stands,
)

PER_PAGE: Final = 25
OPEN_STATE: Final = "ny"
CALL: Final = "henvendelse:"
"""What the draft of a call that is typed in is called, before its number."""


class View(StrEnum):
    """Which part of the queue. The value stands in the page's address."""

    ALL = "alle"
    MINE = "mine"
    NOBODYS = "ingens"
    """Nobody has taken it yet."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Some lines, and how many there are of each view."""

    items: Sequence[Item]
    count: int
    """How many there are in the view that was asked for."""
    views: dict[View, int]
    begun: int = 0
    """How many calls the asker has typed and not saved."""


def queue(
    connection: sa.Connection,
    who: Asker,
    *,
    now: datetime,
    view: View = View.ALL,
    sees_post: bool = False,
    page: int = 1,
    per_page: int = PER_PAGE,
    but: Collection[UUID] = (),
) -> Queue:
    """Return one page of the queue.

    :param now: what is due is placed by it; aware, UTC.
    :param but: underretninger to leave out of the lines; they are counted all the same.
    :param sees_post: whether this asker looks after post nothing could be made of.
    """
    rows = (
        _QUEUES[view, sees_post]
        .rows(
            connection,
            who,
            but=sorted(but),
            at_most=per_page,
            first=(page - 1) * per_page,
            now=now,
            untouched_since=now - UNTOUCHED,
        )
        .all()
    )
    # The numbers are there also where no line is.
    views = _views(rows[0])
    known(_question(who, sees_post), views)
    items = [read_line(row) for row in rows if row.post_id is not None]
    return Queue(items, views[view], views, rows[0].begun)


def newest(
    connection: sa.Connection,
    who: Asker,
    *,
    now: datetime,
    sees_post: bool = False,
    limit: int = 4,
    but: Collection[UUID] = (),
) -> Queue:
    """Return the few that are most urgent, for the box on Min dag.

    :param but: those that stand there already; see `queue`.
    """
    return queue(connection, who, now=now, sees_post=sees_post, per_page=limit, but=but)


def waiting(connection: sa.Connection, who: Asker, *, sees_post: bool = False) -> int:
    """Return how many lines there are."""
    counts = once(
        _question(who, sees_post), lambda: _views(_COUNTS[sees_post].rows(connection, who).one())
    )
    return counts[View.ALL]


def _question(who: Asker, sees_post: bool) -> tuple[str, Asker, bool]:
    return "indgang", who, sees_post


def _views(row: sa.Row[*tuple[Any, ...]]) -> dict[View, int]:
    return {
        View.ALL: row.every + row.loose,
        View.MINE: row.mine,
        View.NOBODYS: row.nobodys + row.loose,
    }


def _queue(who: Asker, view: View, sees_post: bool) -> sa.Select[*tuple[Any, ...]]:
    """Select one page of lines, each with how many there are; one row without a line, if none."""
    # Each kind is found by its own index first: one condition over both would read all post.
    found = _found(who)
    registered = sa.select(found.c.post_id)
    rest = sa.select(post_items.c.id).select_from(post_and_registered()).where(_loose(sees_post))
    wanted = {
        View.ALL: sa.union_all(registered, rest),
        View.MINE: registered.where(found.c.responsible == who.key),
        View.NOBODYS: sa.union_all(registered.where(found.c.responsible.is_(None)), rest),
    }[view]
    but = sa.bindparam("but", type_=sa.Uuid(), expanding=True)
    placed_by = stands()
    order = (last_where(placed_by.is_(None)), placed_by, post_items.c.received_at)
    lines = (
        selected()
        .add_columns(placed_by.label("stands"))
        .where(
            post_items.c.id.in_(wanted),
            sa.or_(underretninger.c.id.is_(None), underretninger.c.id.not_in(but)),
        )
        .order_by(*order, post_items.c.id)
        .limit(sa.bindparam("at_most", type_=sa.Integer))
        .offset(sa.bindparam("first", type_=sa.Integer))
        .subquery()
    )
    numbers = _counted(who, sees_post, found).subquery()
    return (
        sa.select(numbers, lines)
        .select_from(numbers.outerjoin(lines, sa.true()))
        .order_by(
            last_where(lines.c.stands.is_(None)),
            lines.c.stands,
            lines.c.post_received_at,
            lines.c.post_id,
        )
    )


def _loose(sees_post: bool) -> sa.ColumnElement[bool]:
    """Return the condition of post without a registration that somebody sees."""
    return sa.and_(
        underretninger.c.id.is_(None),
        post_items.c.state.in_((PostState.WAITS, PostState.NEW)),
        sa.true() if sees_post else sa.false(),
    )


def _found(who: Asker) -> sa.CTE:
    """Select what is open, once for both the lines and how many there are."""
    u = underretninger
    return sa.select(u.c.post_id, u.c.responsible).where(_open_ones(who)).cte("found")


def _open_ones(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition of what is registered, open, and may be seen.

    What can be near somebody is found by the indexes of who has it first, or the cost would follow
    how much is open in the whole municipality.
    """
    seen = visible_underretninger(who, Act.SEARCH)
    if Relation.NONE in opens(who, Act.SEARCH, protected=False):
        return sa.and_(underretninger.c.state == OPEN_STATE, seen)
    one = underretninger.alias()
    # Spelt so that no database is tempted to begin with everything that is open.
    found = sa.select(one.c.id).where(sa.func.coalesce(one.c.state, "") == OPEN_STATE)
    units = sorted({*who.units_below, *([who.unit] if who.unit else [])})
    worked_on = sa.select(sagsdeltagere.c.sag_id).where(
        sagsdeltagere.c.employee == who.key, sagsdeltagere.c.active
    )
    near = sa.union(
        sa.select(one.c.id).where(one.c.unit.in_(units), one.c.state == OPEN_STATE),
        found.where(one.c.responsible == who.key),
        found.where(one.c.sag_id.in_(worked_on)),
    )
    return sa.and_(underretninger.c.id.in_(near), seen)


def _counted(
    who: Asker, sees_post: bool, found: sa.CTE | None = None
) -> sa.Select[*tuple[Any, ...]]:
    found = _found(who) if found is None else found
    loose = _loose(sees_post)
    posts = sa.select(sa.func.count()).select_from(post_and_registered()).where(loose)
    return sa.select(
        sa.func.count().label("every"),
        _sum(found.c.responsible == who.key).label("mine"),
        _sum(found.c.responsible.is_(None)).label("nobodys"),
        # No part of the rest: correlated, it would be counted over what is open alone.
        (posts.correlate(None).scalar_subquery() if sees_post else sa.literal(0)).label("loose"),
        _begun_calls(who).label("begun"),
    ).select_from(found)


def _begun_calls(who: Asker) -> sa.ScalarSelect[int]:
    """Count the calls somebody has typed and not saved: only their writer can be told of them."""
    mine = drafts.c.employee == who.key, drafts.c.form.startswith(CALL, autoescape=True)
    return sa.select(sa.func.count()).select_from(drafts).where(*mine).scalar_subquery()


def _sum(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


_QUEUES: Final = {
    (view, sees_post): Prepared(partial(_queue, view=view, sees_post=sees_post))
    for view in View
    for sees_post in (False, True)
}
_COUNTS: Final = {
    sees_post: Prepared(partial(_counted, sees_post=sees_post)) for sees_post in (False, True)
}
