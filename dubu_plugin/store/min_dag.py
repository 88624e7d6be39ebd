"""What Min dag shows: open deadlines gathered to one line a child and bundle, most urgent first.

Every question is asked of the database for one page at a time, so that the cost follows what is
shown. Lists are narrowed by the same policy as doors (`dubu_plugin.store.access`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.store import outbox
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.deadlines import STANDING, State
from dubu_plugin.store.tables import frister, personer, sager, underretninger

PER_PAGE: Final = 25


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


class Group(StrEnum):
    """How urgent, in the order the page has them."""

    OVERSKREDET = "overskredet"
    I_DAG = "i_dag"
    SNART = "snart"
    SENERE = "senere"


@dataclass(frozen=True, slots=True)
class Days:
    """The moments that part the groups."""

    now: datetime
    end_of_today: datetime
    soon: datetime
    """What is due before this is soon, also where its own warning has not come."""


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

    @property
    def shown(self) -> int:
        """How many lines there are on all pages together."""
        return sum(self.groups.values())


def counts(connection: sa.Connection, who: Asker, days: Days, scope: Scope, kind: Kind) -> Counts:
    """Return the numbers in the headings and beside the filters."""
    heads = _heads(who, days)
    here = _in_scope(heads, scope)
    shown = sa.and_(here, _of_kind(heads, kind))
    columns: dict[tuple[str, StrEnum], sa.ColumnElement[bool]] = {
        **{("scope", one): _in_scope(heads, one) for one in Scope},
        **{("kind", one): sa.and_(here, _of_kind(heads, one)) for one in Kind},
        **{("group", one): sa.and_(shown, heads.c.grp == place) for place, one in enumerate(Group)},
    }
    row = connection.execute(
        sa.select(
            *(
                sa.func.coalesce(sa.func.sum(sa.case((when, 1), else_=0)), 0)
                for when in columns.values()
            )
        ).select_from(heads)
    ).one()
    found = dict(zip(columns, row, strict=True))
    return Counts(
        {one: found["scope", one] for one in Scope},
        {one: found["kind", one] for one in Kind},
        {one: found["group", one] for one in Group},
    )


def lines(
    connection: sa.Connection,
    who: Asker,
    days: Days,
    scope: Scope,
    kind: Kind,
    *,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Sequence[Line]:
    """Return one page of lines."""
    heads = _heads(who, days)
    child = personer.alias()
    rows = connection.execute(
        sa.select(
            heads,
            underretninger.c.underretter,
            underretninger.c.state.label("underretning_state"),
            child.c.name,
            child.c.born,
            child.c.due_date,
        )
        .select_from(
            heads.outerjoin(
                underretninger, underretninger.c.id == heads.c.underretning_id
            ).outerjoin(child, child.c.id == heads.c.person_id)
        )
        .where(_in_scope(heads, scope), _of_kind(heads, kind))
        .order_by(heads.c.grp, heads.c.due.is_(None), heads.c.due, heads.c.bundle)
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()
    steps = _steps(connection, rows)
    groups = list(Group)
    return [
        Line(
            bundle=row.bundle,
            group=groups[row.grp],
            due=row.due,
            sag=row.sag_id,
            underretning=row.underretning_id,
            underretter=row.underretter,
            assessed=row.underretning_state == "vurderet",
            child=row.person_id,
            child_name=row.name,
            born=row.born,
            termin=row.due_date,
            responsible=row.responsible,
            steps=steps[row.bundle],
        )
        for row in rows
    ]


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


def _heads(who: Asker, days: Days) -> sa.Subquery:
    """Return one row a bundle: its most urgent open deadline, and whose the bundle is."""
    mine = frister.c.responsible == who.key
    units = sorted({*who.units_below, *([who.unit] if who.unit else [])})
    team = frister.c.unit.in_(units)
    allowed = sa.case(
        (frister.c.underretning_id.is_not(None), visible_underretninger(who, Act.SEARCH)),
        else_=visible_sager(who, Act.SEARCH),
    )
    order = (frister.c.due.is_(None), frister.c.due, frister.c.rule)
    inner = (
        sa.select(
            frister.c.bundle,
            frister.c.due,
            frister.c.warn,
            frister.c.rule,
            frister.c.sag_id,
            frister.c.underretning_id,
            frister.c.person_id,
            frister.c.responsible,
            sa.func.row_number().over(partition_by=frister.c.bundle, order_by=order).label("place"),
            _any(mine).label("mine"),
            _any(team).label("team"),
            _any(frister.c.due.is_not(None)).label("dated"),
            _any(frister.c.due.is_(None)).label("undated"),
            _any(frister.c.rule == "UND-24T").label("assess"),
        )
        .select_from(
            frister.outerjoin(
                underretninger, underretninger.c.id == frister.c.underretning_id
            ).outerjoin(sager, sager.c.id == frister.c.sag_id)
        )
        .where(frister.c.state == State.AABEN, sa.or_(mine, team), allowed)
        .subquery()
    )
    group = sa.case(
        (inner.c.due < days.now, 0),
        (inner.c.due <= days.end_of_today, 1),
        (sa.or_(inner.c.due.is_(None), inner.c.warn <= days.now, inner.c.due <= days.soon), 2),
        else_=3,
    )
    return sa.select(inner, group.label("grp")).where(inner.c.place == 1).subquery()


def _any(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    found = sa.case((condition, 1), else_=0)
    return sa.func.max(found).over(partition_by=frister.c.bundle)


def _in_scope(heads: sa.Subquery, scope: Scope) -> sa.ColumnElement[bool]:
    return (heads.c.mine if scope is Scope.MINE else heads.c.team) == 1


def _of_kind(heads: sa.Subquery, kind: Kind) -> sa.ColumnElement[bool]:
    return {
        Kind.ALL: sa.true(),
        Kind.LAW: heads.c.dated == 1,
        Kind.ASSESS: heads.c.assess == 1,
        Kind.NO_DATE: heads.c.undated == 1,
    }[kind]


def _steps(connection: sa.Connection, heads: Sequence[sa.Row[Any]]) -> Mapping[str, Sequence[Step]]:
    """Return the deadlines of each line, those of what is already closed left out."""
    bundles = {row.bundle for row in heads}
    found: dict[str, list[sa.Row[Any]]] = {bundle: [] for bundle in bundles}
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


def _running(rows: Sequence[sa.Row[Any]]) -> Iterable[Step]:
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
