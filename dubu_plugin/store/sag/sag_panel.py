"""What the panel of a case shows: the child, its family, what came in, and its deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.deadlines import STANDING, State
from dubu_plugin.store.family.kinship import kin
from dubu_plugin.store.family.personer import is_confirmed
from dubu_plugin.store.family.stamkort import words
from dubu_plugin.store.indsats.running import may_be_placed
from dubu_plugin.store.min_dag.due_steps import Step
from dubu_plugin.store.page_memory import once
from dubu_plugin.store.prepared import Prepared
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import (
    employees,
    frister,
    personer,
    sager,
    stamkort,
    underretninger,
    units,
    vurderinger,
)

_OF_CASE: Final = (
    "id", "host_key", "number", "step", "phase", "protected", "has_indsats", "opened_at",
    "closed_at", "child_id", "responsible", "area",
)  # fmt: skip
_CHILD: Final = sa.bindparam("child", type_=sa.Uuid())


@dataclass(frozen=True, slots=True)
class Head:
    """The case and its child."""

    sag: UUID
    host_key: str | None
    number: str | None
    step: str
    phase: str
    protected: bool
    has_indsats: bool
    opened_at: datetime
    closed_at: datetime | None
    child: UUID
    child_name: str = field(repr=False)
    cpr: str | None = field(repr=False)
    born: date | None
    termin: date | None
    address: str | None = field(repr=False)
    protected_address: bool
    responsible: str | None
    responsible_name: str | None
    responsible_title: str | None
    unit_title: str | None
    holders: tuple[str, ...] = ()
    """The roles of those who have custody; none where nobody has said who they are."""
    homes: tuple[str, ...] = ()
    """The roles of those the child lives with."""
    language: str = ""
    interpreter: bool = False
    area: str = ""
    """One of `dubu_plugin.store.sag.sager`: udsatte_boern or boernehandicap."""
    number_stands: bool = True
    """The address book has said that the child's number is its own: see `personer.is_confirmed`."""
    may_be_placed: bool = False
    """The child was placed at some time, or a decision on it stands on the case."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody in the family, with the case they have where the asker may see it."""

    person: UUID
    name: str = field(repr=False)
    tie: str
    born: date | None
    protected_address: bool
    sag: UUID | None


@dataclass(frozen=True, slots=True)
class CameIn:
    """An underretning or an application about the child."""

    underretning: UUID
    henvendelse: str
    underretter: str | None
    received_at: datetime
    state: str
    fare: str | None
    next_step: str | None
    assessed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenStep(Step):
    """A deadline of the case, and the underretning it hangs on."""

    underretning: UUID | None = None
    ended_at: datetime | None = None


def head(connection: sa.Connection, sag: UUID) -> Head:
    """Return the case and its child.

    :raises sqlalchemy.exc.NoResultFound: there is no such case.
    """
    return once(("head", sag), lambda: _head(connection, sag))


def _head(connection: sa.Connection, sag: UUID) -> Head:
    row = connection.execute(_case_and_child(), {"sag": sag}).one()
    return Head(
        row.id, row.host_key, row.number, row.step, row.phase, row.protected, row.has_indsats,
        row.opened_at, row.closed_at, row.child_id, row.child_name, row.cpr, row.born,
        row.due_date, row.address, row.protected_address, row.responsible, row.responsible_name,
        row.responsible_title, row.unit_title, words(row.holders), words(row.homes),
        row.language or "", bool(row.interpreter), row.area,
        is_confirmed(row.child_key, row.mother_id, row.address, protected=row.protected_address),
        bool(row.may_be_placed),
    )  # fmt: skip


@cache
def _case_and_child() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            *(sager.c[name] for name in _OF_CASE),
            personer.c.name.label("child_name"),
            personer.c.host_key.label("child_key"),
            personer.c.mother_id,
            personer.c.cpr,
            personer.c.born,
            personer.c.due_date,
            personer.c.address,
            personer.c.protected_address,
            employees.c.name.label("responsible_name"),
            employees.c.title.label("responsible_title"),
            units.c.title.label("unit_title"),
            stamkort.c.holders,
            stamkort.c.homes,
            stamkort.c.language,
            stamkort.c.interpreter,
            may_be_placed(sager.c.id, sager.c.child_id).label("may_be_placed"),
        )
        .select_from(
            sager.join(personer, personer.c.id == sager.c.child_id)
            .outerjoin(employees, employees.c.key == sager.c.responsible)
            .outerjoin(units, units.c.key == sager.c.unit)
            .outerjoin(stamkort, stamkort.c.child_id == sager.c.child_id)
        )
        .where(sager.c.id == sa.bindparam("sag", type_=sa.Uuid()))
    )


def by_host_key(connection: sa.Connection, host_key: str) -> UUID | None:
    """Return which of our cases a case of the host's is, or None."""

    def ask() -> UUID | None:
        return connection.scalar(sa.select(sager.c.id).where(sager.c.host_key == host_key))

    return once(("sag", host_key), ask)


def family(connection: sa.Connection, who: Asker, child: UUID) -> Sequence[Relative]:
    """Return the child's family; a relative's case is named only where the asker may see it."""
    rows = _FAMILY.rows(connection, who, child=child)
    found: dict[UUID, Relative] = {}
    for row in rows:
        found.setdefault(
            row.id,
            Relative(row.id, row.name, row.tie, row.born, row.protected_address, row.sag),
        )
    return list(found.values())


def _family(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    p, kindred = personer.c, kin(_CHILD)
    return (
        sa.select(p.id, p.name, p.born, p.protected_address, kindred.c.tie, sager.c.id.label("sag"))
        .select_from(
            kindred.join(personer, personer.c.id == kindred.c.other_id).outerjoin(
                sager,
                sa.and_(sager.c.child_id == personer.c.id, visible_sager(who, Act.SEARCH)),
            )
        )
        .order_by(kindred.c.tie, personer.c.born, sager.c.opened_at.desc())
    )


def came_in(
    connection: sa.Connection, who: Asker, child: UUID, *, limit: int = 10
) -> Sequence[CameIn]:
    """Return what has come in about the child, the newest first."""
    rows = _CAME_IN.rows(connection, who, child=child, at_most=limit)
    return [
        CameIn(
            row.id, row.henvendelse, row.underretter, row.received_at, row.state, row.fare,
            row.next_step, row.assessed_at,
        )
        for row in rows
    ]  # fmt: skip


def _came_in(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    u, newer = underretninger.c, vurderinger.alias()
    newest = ~sa.exists().where(
        newer.c.underretning_id == vurderinger.c.underretning_id,
        newer.c.version > vurderinger.c.version,
    )
    return (
        sa.select(
            u.id, u.henvendelse, u.underretter, u.received_at, u.state,
            vurderinger.c.fare, vurderinger.c.next_step, vurderinger.c.assessed_at,
        )
        .select_from(
            underretninger.outerjoin(
                vurderinger,
                sa.and_(vurderinger.c.underretning_id == u.id, newest),
            )
        )
        .where(
            u.child_id == _CHILD,
            u.state != "andet",
            visible_underretninger(who, Act.SEARCH),
        )
        .order_by(u.received_at.desc())
        .limit(sa.bindparam("at_most", type_=sa.Integer()))
    )  # fmt: skip


def steps(connection: sa.Connection, sag: UUID) -> Sequence[OpenStep]:
    """Return the deadlines of the case that are open or met, open ones first by urgency."""
    rows = connection.execute(_steps(), {"sag": sag})
    return [
        OpenStep(row.rule, row.rule_version, State(row.state), row.due, row.underretning_id)
        for row in rows
    ]


@cache
def _steps() -> sa.Select[*tuple[Any, ...]]:
    f = frister.c
    return (
        sa.select(f.rule, f.rule_version, f.state, f.due, f.underretning_id)
        .where(f.sag_id == sa.bindparam("sag", type_=sa.Uuid()), f.state.in_(STANDING))
        .order_by(f.state, last_where(f.due.is_(None)), f.due, f.rule)
    )


_FAMILY: Final = Prepared(_family)
_CAME_IN: Final = Prepared(_came_in)
