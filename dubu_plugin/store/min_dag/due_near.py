"""What is somebody's own to do, and how many lines their team has besides.

A team's day is hundreds of lines, and its number is all of them that stands on somebody's own: the
others are counted where they are, and not read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.frister.urgency import Days
from dubu_plugin.store.min_dag.due_heads import Head, merged, moments
from dubu_plugin.store.min_dag.due_query import (
    LINE,
    OPEN,
    SENT_TO,
    any_of,
    heads_of,
    is_near,
    is_off,
    may_see_of,
    most_urgent,
    nobodys,
    own,
    teams,
    untaken_in,
)
from dubu_plugin.store.prepared import Prepared
from dubu_plugin.store.tables import eskaleringer, frister

AWAY: Final = sa.bindparam("away", type_=sa.Unicode(64), expanding=True)
NAMED: Final = sa.bindparam("named", type_=sa.Unicode(64), expanding=True)


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody's own lines, and how much their team has that is on none of them."""

    heads: Sequence[Head]
    others: int
    """How many other lines: what nobody has taken in another unit is one line a unit."""


def near(
    connection: sa.Connection,
    who: Asker,
    days: Days,
    *,
    away: Collection[str],
    bundles: Collection[str],
) -> Near:
    """Return what concerns somebody, each line whole with what colleagues have on it. One query.

    :param away: the colleagues whose lines may be for them.
    :param bundles: those of their plans; what colleagues have on them is told too.
    """
    rows = _NEAR.rows(
        connection,
        who,
        **moments(days),
        away=sorted(away),
        named=sorted(bundles),
        sent_to=sorted({who.key, *away}),
    ).all()
    return Near(
        merged((row for row in rows if row.others is None), days),
        sum(1 if row.bundle else row.others for row in rows if row.others is not None),
    )


def _near(who: Asker) -> sa.CompoundSelect[*tuple[Any, ...]]:
    mine = most_urgent(own(who))
    bundle = frister.c.bundle
    sent_on = sa.select(bundle).join(eskaleringer, eskaleringer.c.frist_id == frister.c.id)
    nearby = sa.union(
        *(sa.select(some.subquery().c.bundle) for some in (mine, most_urgent(nobodys(who)))),
        sent_on.where(LINE, eskaleringer.c.to.in_(SENT_TO), eskaleringer.c.seen_at.is_(None)),
        sa.select(bundle).where(LINE, frister.c.responsible.in_(AWAY)),
        sa.select(bundle).where(OPEN, bundle.in_(NAMED)),
    ).cte("nearby")
    here = sa.select(nearby.c.bundle)
    one_line = sa.literal(None, sa.Integer).label("others")
    # The few bundles are read off their own index: whose a deadline is need find none of them.
    both = heads_of(who, sa.or_(own(who), teams(who)), here)
    return sa.union_all(
        both.add_columns(one_line),
        _others(who, here, both),
    )


def _others(
    who: Asker, here: sa.Select[str], like: sa.Select[*tuple[Any, ...]]
) -> sa.Select[*tuple[Any, ...]]:
    """Select how many of the team's lines are not there already.

    What nobody has taken, and no colleague has a part of, is counted by its unit, the rest by none.

    :param like: what it is put together with, so that it has as many columns.
    """
    each = (
        sa.select(
            frister.c.bundle,
            any_of(is_near()).label("near"),
            any_of(sa.not_(is_off())).label("there"),
            untaken_in().label("unit"),
            sa.func.min(frister.c.responsible).label("responsible"),
        )
        .where(
            LINE,
            teams(who),
            frister.c.bundle.in_(most_urgent(teams(who))),
            frister.c.bundle.not_in(here),
            may_see_of(who, teams(who)),
        )
        .group_by(frister.c.bundle)
        .subquery()
    )
    unit = sa.case((each.c.responsible.is_(None), each.c.unit))
    nothing = [sa.literal(None, column.type) for column in list(like.selected_columns)[1:]]
    return (
        sa.select(unit.label("bundle"), *nothing, sa.func.count().label("others"))
        .where(each.c.near == 1, each.c.there == 1)
        .group_by(unit)
    )


_NEAR: Final = Prepared(_near)
