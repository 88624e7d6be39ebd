"""What somebody has to do, as little of it as it takes to count and to sort: one head a bundle.

Lists are narrowed by the same policy as doors (`dubu_plugin.store.access`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.frister.urgency import PRESSING, Days, Group, bundle_group, far_from
from dubu_plugin.store.min_dag.due_query import (
    LEAST,
    heads_of,
    most_urgent,
    own,
    teams,
)
from dubu_plugin.store.prepared import Prepared

MOST: Final = 500
"""So many bundles of a scope are looked at."""

PLACES: Final = {group: place for place, group in enumerate(Group)}


class Scope(StrEnum):
    """Whose deadlines. The value stands in the page's address."""

    MINE = "mine"
    TEAM = "team"


class Kind(StrEnum):
    """Which deadlines. The value stands in the page's address."""

    ALL = "alle"
    LAW = "lov"
    """Those the law gives a number of hours or days."""
    ASSESS = "vurdering"
    """The 24-hour assessment."""
    NO_DATE = "uden-dato"
    UNTAKEN = "ingens"
    """What nobody has taken, each for itself: in every other filter a unit's are one line."""
    FAR = "langt-ude"
    """What is years away: in no other filter and no number until it is near."""


@dataclass(frozen=True, slots=True)
class Head:
    """One child and bundle: how urgent it is, and what the filters ask."""

    bundle: str
    group: Group
    due: datetime | None
    mine: bool
    team: bool
    undated: bool
    assess: bool
    severity: int = LEAST
    """That of the gravest deadline on it, as `RANKS` has it."""
    law: bool = True
    """A deadline is on it; otherwise it is a plan's or a person's own."""
    put_off: bool = False
    """Every deadline on it is away until a later day."""
    sent_on: bool = False
    """It was sent on to the one who asks, who has not ticked it off."""
    responsible: str | None = None
    """One of those who have it."""
    """A colleague is away today, so that some lines may be for another."""
    dated: bool = False
    """A deadline with a date is on it, though another duty may come first."""
    far: bool = False
    """Everything on it is so far away that nobody should look at it yet."""
    untaken: bool = False
    """Nobody has taken some of it, and none of it is the asker's."""
    unit: str = ""
    """The unit in which nobody has taken it."""

    @property
    def is_urgent(self) -> bool:
        """Whether it cannot wait until somebody is back: late, today, or soon and statutory."""
        statutory = self.severity < LEAST and self.due is not None
        return self.group in PRESSING or (self.group is Group.SNART and statutory)

    def is_in(self, scope: Scope) -> bool:
        """Tell whether it is shown in this scope."""
        return self.mine if scope is Scope.MINE else self.team

    def is_of(self, kind: Kind) -> bool:
        """Tell whether it passes this filter."""
        match kind:
            case Kind.ALL:
                return not self.far
            case Kind.LAW:
                return self.law and self.dated and not self.far
            case Kind.ASSESS:
                return self.assess
            case Kind.NO_DATE:
                return self.undated
            case Kind.UNTAKEN:
                return self.untaken and not self.far
            case Kind.FAR:
                return self.far


AnyHead = TypeVar("AnyHead", bound=Head)


def heads(
    connection: sa.Connection, who: Asker, days: Days, *, away: Collection[str] = ()
) -> Sequence[Head]:
    """Return every line there is for somebody, the most urgent first, as little of it as counts.

    Of a scope that holds more than `MOST` bundles the
    most urgent are taken: nobody reads on, and the cost stays with what is shown.

    :param away: the colleagues they stand in for: what was sent on to those is theirs meanwhile.
    """
    sent_to = sorted({who.key, *away})
    return in_order(merged(_ALL.rows(connection, who, **moments(days), sent_to=sent_to), days))


def moments(days: Days) -> dict[str, Any]:
    """Return the values of what is told of the time, and how many bundles are looked at."""
    return {
        "now": days.now,
        "far_from": far_from(days.now),
        "soon": days.soon,
        "today": danish_day(days.now),
        "at_most": MOST,
    }


def merged(rows: Iterable[sa.Row[*tuple[Any, ...]]], days: Days) -> Sequence[Head]:
    """Return one head a bundle of what `heads_of` has selected."""
    found: dict[str, Head] = {}
    for row in rows:
        head = _head(row, days)
        before = found.get(head.bundle)
        found[head.bundle] = head if before is None else _both(before, head)
    return list(found.values())


def in_order(heads: Iterable[AnyHead]) -> Sequence[AnyHead]:
    """Return them as they are read.

    Of what is late or of today the law's gravest stand first, then the first date. What is soon or
    later is in the order of its dates, and what has none comes after them.
    """
    return sorted(heads, key=_place)


def _place(head: Head) -> tuple[Any, ...]:
    date = (head.due is None, head.due)
    order = (head.severity, date) if head.group in PRESSING else (date, head.severity)
    return (PLACES[head.group], *order, head.bundle)


def _all(who: Asker) -> sa.CompoundSelect[*tuple[Any, ...]]:
    return sa.union_all(
        *(heads_of(who, whose, most_urgent(whose)) for whose in (own(who), teams(who)))
    )


def _head(row: sa.Row[*tuple[Any, ...]], days: Days) -> Head:
    first = row.near_due if row.near else row.due
    group, due = bundle_group(
        first, row.warn, days, undated=bool(row.now_due), at_once=bool(row.at_once)
    )
    return Head(
        row.bundle,
        group,
        due,
        bool(row.mine or row.sent_on),
        bool(row.team),
        bool(row.undated),
        bool(row.assess),
        row.severity,
        put_off=not row.there,
        sent_on=bool(row.sent_on),
        responsible=row.responsible,
        dated=first is not None,
        far=bool(row.there and not row.near),
        untaken=row.untaken_in is not None and not (row.own or row.sent_on),
        unit=row.untaken_in or "",
    )


def _both(one: Head, other: Head) -> Head:
    """Return one head of a bundle that is partly somebody's own and partly their team's."""
    # The more urgent group has the date, or the want of one.
    first = min(one, other, key=lambda head: (PLACES[head.group], head.due is None, head.due))
    theirs = any(head.mine and not head.untaken for head in (one, other))
    return Head(
        one.bundle,
        first.group,
        first.due,
        one.mine or other.mine,
        one.team or other.team,
        one.undated or other.undated,
        one.assess or other.assess,
        min(one.severity, other.severity),
        put_off=one.put_off and other.put_off,
        sent_on=one.sent_on or other.sent_on,
        responsible=one.responsible or other.responsible,
        dated=one.dated or other.dated,
        far=one.far and other.far,
        untaken=not theirs and (one.untaken or other.untaken),
        unit=one.unit or other.unit,
    )


_ALL: Final = Prepared(_all)
