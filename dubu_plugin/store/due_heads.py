"""What somebody has to do, as little of it as it takes to count and to sort: one head a bundle.

Lists are narrowed by the same policy as doors (`dubu_plugin.store.access`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.frister.urgency import Days, Group, group_of
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import frister, sager, underretninger

MOST: Final = 500
"""So many bundles of a scope are looked at."""

ASSESSMENT: Final = "UND-24T"

# Written out, and not a parameter: the index of open deadlines is one of this condition.
OPEN: Final = frister.c.state == sa.literal(State.AABEN.value, literal_execute=True)

SUBJECTS: Final = frister.outerjoin(
    underretninger, underretninger.c.id == frister.c.underretning_id
).outerjoin(sager, sager.c.id == frister.c.sag_id)


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

    def is_in(self, scope: Scope) -> bool:
        """Tell whether it is shown in this scope."""
        return self.mine if scope is Scope.MINE else self.team

    def is_of(self, kind: Kind) -> bool:
        """Tell whether it passes this filter."""
        return {
            Kind.ALL: True,
            Kind.LAW: self.due is not None,
            Kind.ASSESS: self.assess,
            Kind.NO_DATE: self.undated,
        }[kind]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines there are behind each filter, and in each group of what is shown."""

    scopes: Mapping[Scope, int]
    kinds: Mapping[Kind, int]
    groups: Mapping[Group, int]
    more: bool
    """There is more than was looked at, so that the numbers are the least there can be."""

    @property
    def shown(self) -> int:
        """How many lines there are on all pages together."""
        return sum(self.groups.values())


def heads(connection: sa.Connection, who: Asker, days: Days) -> Sequence[Head]:
    """Return every line there is for somebody, the most urgent first, as little of it as counts.

    Of a scope that holds more than `MOST` bundles the most urgent are taken: nobody reads on, and
    the cost stays with what is shown.
    """
    found: dict[str, Head] = {}
    asked = sa.union_all(_heads(who, own(who)), _heads(who, teams(who)))
    for row in connection.execute(asked):
        head = _head(row, days)
        before = found.get(head.bundle)
        found[head.bundle] = head if before is None else _both(before, head)
    places = {group: place for place, group in enumerate(Group)}
    return sorted(
        found.values(),
        key=lambda head: (places[head.group], head.due is None, head.due, head.bundle),
    )


def counts(heads: Iterable[Head], scope: Scope, kind: Kind) -> Counts:
    """Return the numbers in the headings and beside the filters."""
    all_of_them = list(heads)
    here = [head for head in all_of_them if head.is_in(scope)]
    shown = Counter(head.group for head in here if head.is_of(kind))
    return Counts(
        {one: sum(head.is_in(one) for head in all_of_them) for one in Scope},
        {one: sum(head.is_of(one) for head in here) for one in Kind},
        {one: shown[one] for one in Group},
        more=len(here) >= MOST,
    )


def own(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that somebody is responsible for a deadline."""
    return frister.c.responsible == who.key


def teams(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that a deadline is in somebody's unit, or one below it."""
    return frister.c.unit.in_(sorted({*who.units_below, *([who.unit] if who.unit else [])}))


def _heads(who: Asker, whose: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    """Select the most urgent bundles of some deadlines, with what the filters ask.

    One kind of whose at a time, so that each is read off its own index. What nobody in the unit
    has taken yet is everybody's own: a clock runs on it all the same.
    """
    untaken = sa.and_(frister.c.responsible.is_(None), frister.c.unit == who.unit)
    first = sa.func.min(frister.c.due)
    urgent = (
        sa.select(frister.c.bundle)
        .where(OPEN, whose)
        .group_by(frister.c.bundle)
        .order_by(last_where(first.is_(None)), first, frister.c.bundle)
        .limit(MOST)
    )
    return (
        sa.select(
            frister.c.bundle,
            first.label("due"),
            sa.func.min(frister.c.warn).label("warn"),
            _any(sa.or_(own(who), untaken)).label("mine"),
            _any(teams(who)).label("team"),
            _any(frister.c.due.is_(None)).label("undated"),
            _any(frister.c.rule == ASSESSMENT).label("assess"),
        )
        .select_from(SUBJECTS)
        .where(OPEN, whose, frister.c.bundle.in_(urgent), may_see(who))
        .group_by(frister.c.bundle)
    )


def _head(row: sa.Row[*tuple[Any, ...]], days: Days) -> Head:
    return Head(
        row.bundle,
        group_of(row.due, row.warn, days),
        row.due,
        bool(row.mine),
        bool(row.team),
        bool(row.undated),
        bool(row.assess),
    )


def _both(one: Head, other: Head) -> Head:
    """Return one head of a bundle that is partly somebody's own and partly their team's."""
    first = min(one, other, key=lambda head: (head.due is None, head.due))
    return Head(
        one.bundle,
        min(one.group, other.group, key=list(Group).index),
        first.due,
        one.mine or other.mine,
        one.team or other.team,
        one.undated or other.undated,
        one.assess or other.assess,
    )


def may_see(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that somebody may know of a deadline's underretning or case."""
    on_underretning = frister.c.underretning_id.is_not(None)
    return sa.or_(
        sa.and_(on_underretning, visible_underretninger(who, Act.SEARCH)),
        sa.and_(sa.not_(on_underretning), visible_sager(who, Act.SEARCH)),
    )


def _any(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.max(sa.case((condition, 1), else_=0))
