"""What Min dag shows: open deadlines gathered to one line a child and bundle, most urgent first.

Every question is asked of the database for one page at a time, so that the cost follows what is
shown. Lists are narrowed by the same policy as doors (`dubu_plugin.store.access`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.frister.urgency import Days, Group, group_of
from dubu_plugin.store import outbox
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.deadlines import STANDING, State
from dubu_plugin.store.tables import frister, personer, sager, underretninger

PER_PAGE: Final = 25

MOST: Final = 500
"""So many bundles of a scope are looked at."""

ASSESSMENT: Final = "UND-24T"

# Written out, and not a parameter: the index of open deadlines is one of this condition.
OPEN: Final = frister.c.state == sa.literal(State.AABEN.value, literal_execute=True)

_SUBJECTS: Final = frister.outerjoin(
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
class Step:
    """One deadline of a line."""

    rule: str
    version: date
    state: State
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One child and bundle. `steps` are its deadlines, the most urgent open one first."""

    bundle: str
    group: Group
    due: datetime | None
    sag: UUID | None
    underretning: UUID | None
    underretter: str | None
    assessed: bool
    child: UUID | None
    child_name: str | None
    born: date | None
    termin: date | None
    responsible: str | None
    steps: Sequence[Step]


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
    for whose in _own(who), _teams(who):
        for row in connection.execute(_heads(who, whose)):
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


def lines(
    connection: sa.Connection,
    who: Asker,
    heads: Iterable[Head],
    scope: Scope,
    kind: Kind,
    *,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Sequence[Line]:
    """Return one page of lines."""
    chosen = [head for head in heads if head.is_in(scope) and head.is_of(kind)]
    shown = chosen[(page - 1) * per_page : page * per_page]
    first = _first(connection, who, [head.bundle for head in shown])
    # A deadline may have been met since the heads were read.
    shown = [head for head in shown if head.bundle in first]
    steps = _steps(connection, list(first.values()))
    return [_line(head, first[head.bundle], steps[head.bundle]) for head in shown]


def stuck(
    connection: sa.Connection, who: Asker, *, slower_than: datetime
) -> Sequence[outbox.Waiting]:
    """Return what could not be delivered on this asker's own cases and underretninger."""
    waiting = outbox.stuck(connection, slower_than=slower_than)
    if not waiting:
        return ()
    mine = set(
        connection.scalars(
            sa.union_all(
                *(
                    sa.select(table.c.id).where(
                        table.c.id.in_(_present(getattr(row, name) for row in waiting)),
                        table.c.responsible == who.key,
                        visible(who, Act.SEARCH),
                    )
                    for name, table, visible in (
                        ("sag", sager, visible_sager),
                        ("underretning", underretninger, visible_underretninger),
                    )
                )
            )
        )
    )
    return [row for row in waiting if {row.sag, row.underretning} & mine]


def _own(who: Asker) -> sa.ColumnElement[bool]:
    return frister.c.responsible == who.key


def _teams(who: Asker) -> sa.ColumnElement[bool]:
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
        .order_by(first.is_(None), first, frister.c.bundle)
        .limit(MOST)
    )
    return (
        sa.select(
            frister.c.bundle,
            first.label("due"),
            sa.func.min(frister.c.warn).label("warn"),
            _any(sa.or_(_own(who), untaken)).label("mine"),
            _any(_teams(who)).label("team"),
            _any(frister.c.due.is_(None)).label("undated"),
            _any(frister.c.rule == ASSESSMENT).label("assess"),
        )
        .select_from(_SUBJECTS)
        .where(OPEN, whose, frister.c.bundle.in_(urgent), _visible(who))
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


def _visible(who: Asker) -> sa.ColumnElement[bool]:
    return sa.case(
        (frister.c.underretning_id.is_not(None), visible_underretninger(who, Act.SEARCH)),
        else_=visible_sager(who, Act.SEARCH),
    )


def _any(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.max(sa.case((condition, 1), else_=0))


def _first(
    connection: sa.Connection, who: Asker, bundles: Sequence[str]
) -> Mapping[str, sa.Row[*tuple[Any, ...]]]:
    """Return the most urgent open deadline of each bundle, with what is told of it."""
    if not bundles:
        return {}
    rows = connection.execute(
        sa.select(
            frister.c.bundle,
            frister.c.sag_id,
            frister.c.underretning_id,
            frister.c.person_id,
            frister.c.responsible,
            underretninger.c.underretter,
            underretninger.c.state.label("underretning_state"),
            personer.c.name,
            personer.c.born,
            personer.c.due_date,
        )
        .select_from(_SUBJECTS.outerjoin(personer, personer.c.id == frister.c.person_id))
        .where(
            OPEN,
            frister.c.bundle.in_(bundles),
            sa.or_(_own(who), _teams(who)),
            _visible(who),
        )
        .order_by(frister.c.due.is_not(None), frister.c.due.desc(), frister.c.rule.desc())
    )
    # The most urgent comes last, and stays.
    return {row.bundle: row for row in rows}


def _line(head: Head, first: sa.Row[*tuple[Any, ...]], steps: Sequence[Step]) -> Line:
    return Line(
        bundle=head.bundle,
        group=head.group,
        due=head.due,
        sag=first.sag_id,
        underretning=first.underretning_id,
        underretter=first.underretter,
        assessed=first.underretning_state == "vurderet",
        child=first.person_id,
        child_name=first.name,
        born=first.born,
        termin=first.due_date,
        responsible=first.responsible,
        steps=steps,
    )


def _steps(
    connection: sa.Connection, heads: Sequence[sa.Row[*tuple[Any, ...]]]
) -> Mapping[str, Sequence[Step]]:
    """Return the deadlines of each line, those of what is already closed left out."""
    bundles = {row.bundle for row in heads}
    found: dict[str, list[sa.Row[*tuple[Any, ...]]]] = {bundle: [] for bundle in bundles}
    if not bundles:
        return {}
    rows = connection.execute(
        sa.select(frister)
        .where(
            sa.or_(
                frister.c.person_id.in_(_present(row.person_id for row in heads)),
                frister.c.underretning_id.in_(_present(row.underretning_id for row in heads)),
                frister.c.sag_id.in_(_present(row.sag_id for row in heads)),
            ),
            frister.c.bundle.in_(sorted(bundles)),
            frister.c.state.in_(STANDING),
        )
        .order_by(frister.c.due.is_(None), frister.c.due, frister.c.rule)
    )
    for row in rows:
        found[row.bundle].append(row)
    return {bundle: list(_running(rows)) for bundle, rows in found.items()}


def _running(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> Iterable[Step]:
    """Yield the open ones first, then those met on the same underretning or case."""
    open_on = {
        (row.underretning_id, row.underretning_id or row.sag_id)
        for row in rows
        if row.state == State.AABEN
    }
    for row in sorted(rows, key=lambda row: row.state != State.AABEN):
        if (row.underretning_id, row.underretning_id or row.sag_id) in open_on:
            yield Step(row.rule, row.rule_version, State(row.state), row.due)


def _present(numbers: Iterable[UUID | None]) -> list[UUID]:
    return sorted({number for number in numbers if number is not None})
