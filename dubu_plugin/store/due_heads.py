"""What somebody has to do, as little of it as it takes to count and to sort: one head a bundle.

Lists are narrowed by the same policy as doors (`dubu_plugin.store.access`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.frister.rule import LINES, Severity
from dubu_plugin.frister.rule import Kind as RuleKind
from dubu_plugin.frister.urgency import Days, Group, bundle_group, far_from
from dubu_plugin.store import indberetninger
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.fravaer import somebody_away
from dubu_plugin.store.tables import (
    eskaleringer,
    frister,
    sager,
    udskydelser,
    underretninger,
)
from dubu_plugin.store.tables.columns import Moment

MOST: Final = 500
"""So many bundles of a scope are looked at."""

ASSESSMENT: Final = "UND-24T"

# Written out, and not a parameter: the index of open deadlines is one of this condition.
OPEN: Final = frister.c.state == sa.literal(State.AABEN.value, literal_execute=True)

# Gates and locks are asked on the case; nobody can tick them off.
LINE: Final = sa.and_(OPEN, frister.c.kind.in_(sorted(LINES)))

RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}
"""The law's severity, the gravest first."""
LEAST: Final = RANKS[Severity.ORDEN]
PLACES: Final = {group: place for place, group in enumerate(Group)}
PRESSING: Final = (Group.OVERSKREDET, Group.I_DAG)

STATUTORY: Final = (Severity.AKUT.value, Severity.LOV.value)

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
    somebody_away: bool = False
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
        return {
            Kind.ALL: not self.far,
            Kind.LAW: self.law and self.dated and not self.far,
            Kind.ASSESS: self.assess,
            Kind.NO_DATE: self.undated,
            Kind.UNTAKEN: self.untaken and not self.far,
            Kind.FAR: self.far,
        }[kind]


AnyHead = TypeVar("AnyHead", bound=Head)


def gravity() -> sa.ColumnElement[int]:
    """Return the column of a deadline's rank in `RANKS`, to order by: the gravest first."""
    return sa.case(
        *((frister.c.severity == severity, rank) for severity, rank in RANKS.items()),
        else_=len(RANKS),
    )


def heads(connection: sa.Connection, who: Asker, days: Days) -> Sequence[Head]:
    """Return every line there is for somebody, the most urgent first, as little of it as counts.

    Of a scope that holds more than `MOST` bundles the
    most urgent are taken: nobody reads on, and the cost stays with what is shown.
    """
    found: dict[str, Head] = {}
    asked = sa.union_all(_heads(who, own(who), days), _heads(who, teams(who), days))
    for row in connection.execute(asked):
        head = _head(row, days)
        before = found.get(head.bundle)
        found[head.bundle] = head if before is None else _both(before, head)
    return in_order(found.values())


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


def own(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that somebody is responsible for a deadline."""
    return frister.c.responsible == who.key


def teams(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that a deadline is in somebody's unit, or one below it."""
    return frister.c.unit.in_(teams_of(who))


def teams_of(who: Asker) -> Sequence[str]:
    """Return somebody's unit and those below it that they lead."""
    return sorted({*who.units_below, *([who.unit] if who.unit else [])})


def _heads(who: Asker, whose: sa.ColumnElement[bool], days: Days) -> sa.Select[*tuple[Any, ...]]:
    """Select the most urgent bundles of some deadlines, with what the filters ask.

    One kind of whose at a time, so that each is read off its own index. What nobody in the unit
    has taken yet is everybody's own: a clock runs on it all the same.
    """
    nobodys = frister.c.responsible.is_(None)
    on_child = sa.or_(frister.c.underretning_id.is_not(None), frister.c.sag_id.is_not(None))
    untaken = sa.and_(nobodys, frister.c.unit == who.unit)
    # A duty without a date is soon: it must not be cut off behind what is years away.
    soonest = sa.func.min(sa.func.coalesce(frister.c.due, sa.bindparam("soon", days.soon, Moment)))
    urgent = (
        sa.select(frister.c.bundle)
        .where(LINE, whose)
        .group_by(frister.c.bundle)
        .order_by(soonest, frister.c.bundle)
        .limit(MOST)
    )
    off = sa.exists().where(
        udskydelser.c.frist_id == frister.c.id,
        udskydelser.c.until > danish_day(days.now),
        udskydelser.c.ended_at.is_(None),
    )
    sent_on = sa.exists().where(
        eskaleringer.c.frist_id == frister.c.id,
        eskaleringer.c.to == who.key,
        eskaleringer.c.seen_at.is_(None),
    )
    today = danish_day(days.now)
    now_due = sa.and_(frister.c.due.is_(None), frister.c.severity.in_(STATUTORY), sa.not_(off))
    grave = gravity()
    return (
        sa.select(
            frister.c.bundle,
            sa.func.min(frister.c.due).label("due"),
            sa.func.min(sa.case((_is_near(days), frister.c.due))).label("near_due"),
            sa.func.min(frister.c.warn).label("warn"),
            _any(sa.or_(own(who), untaken)).label("mine"),
            _any(teams(who)).label("team"),
            _any(frister.c.due.is_(None)).label("undated"),
            _any(now_due).label("now_due"),
            _any(_is_near(days)).label("near"),
            _any(frister.c.rule == ASSESSMENT).label("assess"),
            sa.func.min(grave).label("severity"),
            _any(own(who)).label("own"),
            # The municipality's own reports are nobody's to take.
            sa.func.min(sa.case((nobodys & on_child, frister.c.unit))).label("untaken_in"),
            _any(sa.not_(off)).label("there"),
            _any(sent_on).label("sent_on"),
            sa.func.min(frister.c.responsible).label("responsible"),
            _flag(somebody_away(teams_of(who), today)).label("away"),
        )
        .select_from(SUBJECTS)
        .where(LINE, whose, frister.c.bundle.in_(urgent), may_see(who))
        .group_by(frister.c.bundle)
    )


def _head(row: sa.Row[*tuple[Any, ...]], days: Days) -> Head:
    first = row.near_due if row.near else row.due
    group, due = bundle_group(first, row.warn, days, undated=bool(row.now_due))
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
        somebody_away=bool(row.away),
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
        somebody_away=one.somebody_away,
        dated=one.dated or other.dated,
        far=one.far and other.far,
        untaken=not theirs and (one.untaken or other.untaken),
        unit=one.unit or other.unit,
    )


def may_see(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that somebody may know of a deadline's underretning or case; or of
    the municipality's own report, which is on neither."""
    on_underretning = frister.c.underretning_id.is_not(None)
    return sa.or_(
        sa.and_(on_underretning, visible_underretninger(who, Act.SEARCH)),
        sa.and_(sa.not_(on_underretning), visible_sager(who, Act.SEARCH)),
        indberetninger.visible(who),
    )


def _is_near(days: Days) -> sa.ColumnElement[bool]:
    """Return the condition that a deadline belongs on the page: an age only once warned of."""
    age = frister.c.kind == RuleKind.ALDER.value
    return sa.or_(
        frister.c.due.is_(None),
        sa.func.coalesce(frister.c.warn, frister.c.due) <= days.now,
        sa.and_(sa.not_(age), frister.c.due <= far_from(days.now)),
    )


def _flag(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((condition, 1), else_=0)


def _any(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.max(sa.case((condition, 1), else_=0))
