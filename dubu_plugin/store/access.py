"""The door: how the policy of `dubu_plugin.domain.access` meets the tables.

`enter` is the one way to a case or an underretning: it finds out what the employee is to it, asks
the policy, writes the read log, and raises `NotYours` where the answer is no. `visible_sager` and
`visible_underretninger` narrow lists in the database by asking the same policy which relations
open a door, so that a list can never show what `enter` would refuse.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import (
    NOTHING,
    OUTSIDE,
    Act,
    Asker,
    Decision,
    Relation,
    Role,
    Subject,
    decide,
    opens,
    to_underretning,
)
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import read_log
from dubu_plugin.store.page_memory import once
from dubu_plugin.store.prepared import Prepared
from dubu_plugin.store.sag.relations import TABLES, SubjectKind, blocks, given_on, membership
from dubu_plugin.store.tables import (
    conflicts,
    employees,
    sager,
    underretninger,
    units,
)

_KNOWN_ROLES: Final = frozenset(Role)
_NOBODY: Final = frozenset({Relation.NONE})

_CASE: Final = sager.alias("the_case")
"""The case an underretning is on, whatever else asks of cases beside it."""

_NUMBER: Final = sa.bindparam("number", type_=sa.Uuid())


class NotYours(CaseworkError):
    """There is no such thing, or not for this employee: the two look the same."""

    danish = "Siden kan ikke vises. Den findes ikke, eller du har ikke adgang."


def asker(connection: sa.Connection, employee: str) -> Asker | None:
    """Return who asks, or None where nobody active has this key."""
    return once(("asker", employee), lambda: _asker(connection, employee))


def _asker(connection: sa.Connection, employee: str) -> Asker | None:
    rows = connection.execute(_who(), {"employee": employee}).all()
    if not rows:
        return None
    first = rows[0]
    roles = frozenset(Role(name) for name in first.roles.split(",") if name in _KNOWN_ROLES)
    parents = {row.key: row.parent for row in rows if row.key is not None}
    below = _below(parents, first.unit) if Role.TEAM_LEADER in roles else frozenset()
    return Asker(employee, roles, first.unit, below)


@cache
def _who() -> sa.Select[*tuple[Any, ...]]:
    # Every unit comes along for whoever leads one, so that the page need not ask again.
    leads = employees.c.roles.contains(Role.TEAM_LEADER.value)
    return (
        sa.select(employees.c.unit, employees.c.roles, units.c.key, units.c.parent)
        .select_from(employees.outerjoin(units, leads))
        .where(employees.c.key == sa.bindparam("employee"), employees.c.active)
    )


def subject(
    connection: sa.Connection, who: Asker, kind: SubjectKind, number: UUID
) -> Subject | None:
    """Return what the asker is to a case or an underretning, or None where there is none."""
    return once(("subject", who, kind, number), lambda: _subject(connection, who, kind, number))


def _subject(
    connection: sa.Connection, who: Asker, kind: SubjectKind, number: UUID
) -> Subject | None:
    row = _SUBJECT[kind].rows(connection, who, number=number).one_or_none()
    if row is None:
        return None
    asked = (Relation.MEMBER, Relation.GIVER, Relation.SELF, Relation.FAMILY)
    relations = frozenset(relation for relation in asked if row._mapping[relation])
    own = relations | _near(who, row.responsible, row.unit)
    if kind == "underretning":
        at_case = relations - {Relation.GIVER} | _near(who, row.case_responsible, row.case_unit)
        case = Subject(at_case or _NOBODY, row.case_protected) if row.case else None
        own = to_underretning(who, own, case)
    return Subject(own or _NOBODY, row.protected)


def _row_of(who: Asker, kind: SubjectKind) -> sa.Select[*tuple[Any, ...]]:
    """Select the case or underretning ``number``, and what somebody is to it."""
    table = TABLES[kind]
    closing = blocks(who.key, kind, _NUMBER)
    columns = [
        table.c.responsible,
        table.c.unit,
        table.c.protected,
        sa.exists(membership(who.key, kind, _NUMBER)).label(Relation.MEMBER),
        given_on(who.key, kind, _NUMBER).label(Relation.GIVER),
        *(
            sa.exists(closing.where(conflicts.c.relation == tie)).label(tie)
            for tie in (Relation.SELF, Relation.FAMILY)
        ),
    ]
    source: sa.FromClause = table
    if kind == "underretning":
        columns += [
            _CASE.c.id.label("case"),
            _CASE.c.responsible.label("case_responsible"),
            _CASE.c.unit.label("case_unit"),
            _CASE.c.protected.label("case_protected"),
        ]
        source = table.outerjoin(_CASE, _CASE.c.id == table.c.sag_id)
    return sa.select(*columns).select_from(source).where(table.c.id == _NUMBER)


def _near(who: Asker, responsible: str | None, unit: str | None) -> frozenset[Relation]:
    """Return what somebody is to what this employee and this unit have."""
    relations = set()
    if responsible == who.key:
        relations.add(Relation.RESPONSIBLE)
    if unit is not None and unit == who.unit:
        relations.add(Relation.UNIT)
    if unit in who.units_below:
        relations.add(Relation.UNIT_BELOW)
    return frozenset(relations)


def enter(
    connection: sa.Connection,
    who: Asker,
    act: Act,
    kind: SubjectKind,
    number: UUID,
    *,
    now: datetime,
    opens_as: Act | None = None,
) -> Decision:
    """Decide, write the read log, and return the ground.

    The line of a refusal must survive, so the caller commits it before showing the error.

    :param opens_as: what is logged of a yes, where it is the act itself that logs what came of it.
    :raises NotYours: the answer is no, or there is no such thing.
    """
    found = subject(connection, who, kind, number)
    decision = Decision(False, "nej:findes_ikke") if found is None else decide(who, act, found)
    read_log.add(
        connection,
        at=now,
        employee=who.key,
        act=opens_as if opens_as and decision else act,
        subject_kind=kind,
        subject_id=str(number),
        decision=decision,
    )
    if not decision:
        raise NotYours
    return decision


def allow(who: Asker, act: Act) -> Decision:
    """Decide an act that concerns no case, such as changing a rule.

    :raises NotYours: the answer is no.
    """
    decision = decide(who, act, NOTHING)
    if not decision:
        raise NotYours
    return decision


def visible_sager(who: Asker, act: Act = Act.SEARCH) -> sa.ColumnElement[bool]:
    """Return the condition that leaves the cases this asker may do this act with."""
    return _visible(who, act, "sag", sager)


def visible_underretninger(who: Asker, act: Act = Act.SEARCH) -> sa.ColumnElement[bool]:
    """Return the condition that leaves the underretninger this asker may do this act with."""
    return _visible(who, act, "underretning", underretninger)


# A page asks for the same condition many times, and building it takes longer than its rows.
@lru_cache(maxsize=4_096)
def _visible(who: Asker, act: Act, kind: SubjectKind, table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(
        _near_enough(who, act, kind, table),
        sa.not_(sa.exists(blocks(who.key, kind, table.c.id, table.c.child_id))),
    )


def _near_enough(
    who: Asker, act: Act, kind: SubjectKind, table: sa.FromClause
) -> sa.ColumnElement[bool]:
    """Return the condition that something an employee is to it opens it, but for the family."""
    ways = _ways_to_sag if kind == "sag" else _ways_to_underretning
    open_ways, protected_ways = (
        ways(who, table, opens(who, act, protected=protected)) for protected in (False, True)
    )
    return sa.and_(
        sa.or_(sa.false(), *open_ways),
        sa.or_(sa.not_(table.c.protected), *protected_ways),
    )


def _ways_to_sag(
    who: Asker, table: sa.FromClause, opening: frozenset[Relation]
) -> Sequence[sa.ColumnElement[bool]]:
    """Return the condition of each relation that opens a case.

    What is told by the row itself stands first, and is all that most rows need.
    """
    ways = {
        **_has_it(who, table),
        Relation.NONE: sa.true(),
        Relation.MEMBER: sa.exists(membership(who.key, "sag", table.c.id)),
    }
    return [ways[relation] for relation in ways if relation in opening]


def _ways_to_underretning(
    who: Asker, table: sa.FromClause, opening: frozenset[Relation]
) -> Sequence[sa.ColumnElement[bool]]:
    """Return the condition of each relation that opens an underretning; see `to_underretning`."""
    has_it, on_case = _has_it(who, table), sa.select(_CASE.c.id).where(_CASE.c.id == table.c.sag_id)
    readable = _near_enough(who, Act.READ, "sag", _CASE)
    case_opens = sa.exists(on_case.where(readable).correlate(table))
    ways = []
    for relation, condition in has_it.items():
        if OUTSIDE[relation] in opening:  # it is enough to have got it
            ways.append(condition)
        elif relation in opening:
            ways.append(sa.and_(condition, sa.or_(table.c.sag_id.is_(None), case_opens)))
    others = {
        Relation.NONE: sa.true(),
        Relation.MEMBER: sa.exists(membership(who.key, "underretning", table.c.id)),
        Relation.GIVER: given_on(who.key, "underretning", table.c.id),
    }
    ways += [others[relation] for relation in others if relation in opening]
    has_case = [has for relation, has in _has_it(who, _CASE).items() if relation in opening]
    if has_case and Relation.NONE not in opening:
        ways.append(sa.exists(on_case.where(sa.or_(*has_case), readable).correlate(table)))
    return ways


def _has_it(who: Asker, table: sa.FromClause) -> Mapping[Relation, sa.ColumnElement[bool]]:
    """Return the conditions of `_near`."""
    return {
        Relation.RESPONSIBLE: table.c.responsible == who.key,
        Relation.UNIT: sa.false() if who.unit is None else table.c.unit == who.unit,
        Relation.UNIT_BELOW: table.c.unit.in_(sorted(who.units_below)),
    }


def units_below(connection: sa.Connection, top: str | None) -> frozenset[str]:
    """Return every unit under one, itself left out."""
    rows = connection.execute(sa.select(units.c.key, units.c.parent))
    return _below({row.key: row.parent for row in rows}, top)


def _below(parents: Mapping[str, str | None], top: str | None) -> frozenset[str]:
    def above(unit: str) -> Iterable[str]:
        seen = {unit}
        while (parent := parents.get(unit)) is not None and parent not in seen:
            yield parent
            seen.add(unit := parent)

    return frozenset(unit for unit in parents if top is not None and top in above(unit))


_SUBJECT: Final[Mapping[SubjectKind, Prepared]] = {
    "sag": Prepared(partial(_row_of, kind="sag")),
    "underretning": Prepared(partial(_row_of, kind="underretning")),
}
