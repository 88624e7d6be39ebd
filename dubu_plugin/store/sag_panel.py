"""What the panel of a case shows: the child, its family, what came in, and what has happened."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.forloeb import TELLS, Fact
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.skriftgang import WRITING
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.deadlines import STANDING, State
from dubu_plugin.store.due_steps import Step
from dubu_plugin.store.kinship import kin
from dubu_plugin.store.page_memory import once
from dubu_plugin.store.rettelser import is_taken_back
from dubu_plugin.store.running import may_be_placed
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.stamkort import words
from dubu_plugin.store.tables import (
    employees,
    frister,
    haendelser,
    personer,
    sager,
    stamkort,
    underretninger,
    units,
    vurderinger,
)

SHOWN: Final = 12
"""How many lines of what has happened are shown at first."""


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
    """One of `dubu_plugin.store.sager`: udsatte_boern or boernehandicap."""
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
class Event:
    """Something that happened."""

    what: Haendelse
    at: datetime
    actor_name: str | None
    underretning: UUID | None
    data: dict[str, Any]
    taken_back: bool = False
    """Somebody took it back or put it right since, or a deadline is counted so that it is not."""
    counted_from: datetime | None = None
    """From when a deadline is counted that was put right."""


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
    row = connection.execute(
        sa.select(
            sager,
            personer.c.name.label("child_name"),
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
        .where(sager.c.id == sag)
    ).one()
    return Head(
        row.id, row.host_key, row.number, row.step, row.phase, row.protected, row.has_indsats,
        row.opened_at, row.closed_at, row.child_id, row.child_name, row.cpr, row.born,
        row.due_date, row.address, row.protected_address, row.responsible, row.responsible_name,
        row.responsible_title, row.unit_title, words(row.holders), words(row.homes),
        row.language or "", bool(row.interpreter), row.area, bool(row.may_be_placed),
    )  # fmt: skip


def by_host_key(connection: sa.Connection, host_key: str) -> UUID | None:
    """Return which of our cases a case of the host's is, or None."""

    def ask() -> UUID | None:
        return connection.scalar(sa.select(sager.c.id).where(sager.c.host_key == host_key))

    return once(("sag", host_key), ask)


def family(connection: sa.Connection, who: Asker, child: UUID) -> Sequence[Relative]:
    """Return the child's family; a relative's case is named only where the asker may see it."""
    kindred = kin(child)
    rows = connection.execute(
        sa.select(personer, kindred.c.tie, sager.c.id.label("sag"))
        .select_from(
            kindred.join(personer, personer.c.id == kindred.c.other_id).outerjoin(
                sager,
                sa.and_(sager.c.child_id == personer.c.id, visible_sager(who, Act.SEARCH)),
            )
        )
        .order_by(kindred.c.tie, personer.c.born, sager.c.opened_at.desc())
    )
    found: dict[UUID, Relative] = {}
    for row in rows:
        found.setdefault(
            row.id,
            Relative(row.id, row.name, row.tie, row.born, row.protected_address, row.sag),
        )
    return list(found.values())


def came_in(
    connection: sa.Connection, who: Asker, child: UUID, *, limit: int = 10
) -> Sequence[CameIn]:
    """Return what has come in about the child, the newest first."""
    newer = vurderinger.alias()
    newest = ~sa.exists().where(
        newer.c.underretning_id == vurderinger.c.underretning_id,
        newer.c.version > vurderinger.c.version,
    )
    rows = connection.execute(
        sa.select(underretninger, vurderinger.c.fare, vurderinger.c.next_step,
                  vurderinger.c.assessed_at)
        .select_from(
            underretninger.outerjoin(
                vurderinger,
                sa.and_(vurderinger.c.underretning_id == underretninger.c.id, newest),
            )
        )
        .where(
            underretninger.c.child_id == child,
            underretninger.c.state != "andet",
            visible_underretninger(who, Act.SEARCH),
        )
        .order_by(underretninger.c.received_at.desc())
        .limit(limit)
    )  # fmt: skip
    return [
        CameIn(
            row.id, row.henvendelse, row.underretter, row.received_at, row.state, row.fare,
            row.next_step, row.assessed_at,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What has happened on a case: a page of it, and everything its course is read from."""

    shown: Sequence[Event]
    """The page, the newest first."""
    more: bool
    """There is more than the pages until this one."""
    course: Sequence[Fact]
    """In the order it happened, and was recorded where that is the same moment; with what happened
    to the skrifter of the case."""


def events(connection: sa.Connection, sag: UUID, *, page: int = 1, per_page: int = SHOWN) -> Told:
    """Return what has happened on the case."""
    order = SHOWN_AT.desc(), haendelser.c.seq.desc()
    here = (
        sa.select(haendelser.c.seq)
        .where(haendelser.c.sag_id == sag)
        .order_by(*order)
        .limit(per_page + 1)
        .offset((page - 1) * per_page)
        .subquery()
    )
    # One question for both: the page, and the few hændelser that make the course.
    rows = connection.execute(
        sa.select(
            haendelser,
            employees.c.name.label("actor_name"),
            is_taken_back().label("taken_back"),
            never_missed().label("never_missed"),
            here.c.seq.label("here"),
        )
        .select_from(
            haendelser.outerjoin(employees, employees.c.key == haendelser.c.actor).outerjoin(
                here, here.c.seq == haendelser.c.seq
            )
        )
        .where(
            haendelser.c.sag_id == sag,
            sa.or_(here.c.seq.is_not(None), haendelser.c.type.in_(sorted(TELLS | WRITING))),
        )
        .order_by(*order)
    ).all()
    shown = [row for row in rows if row.here is not None]
    return Told(
        [
            Event(
                Haendelse(row.type),
                row.recorded_at if row.type == Haendelse.FRIST_RETTET else row.occurred_at,
                row.actor_name,
                row.underretning_id,
                json.loads(row.data),
                bool(row.taken_back or row.never_missed),
                row.occurred_at if row.type == Haendelse.FRIST_RETTET else None,
            )
            for row in shown[:per_page]
        ],
        len(shown) > per_page,
        [
            Fact(Haendelse(row.type), row.occurred_at, json.loads(row.data))
            for row in sorted(rows, key=lambda row: (row.occurred_at, row.seq))
            if not row.taken_back and row.type in TELLS | WRITING
        ],
    )


SHOWN_AT: Final = sa.case(
    (haendelser.c.type == Haendelse.FRIST_RETTET, haendelser.c.recorded_at),
    else_=haendelser.c.occurred_at,
)
"""A deadline put right occurred when its clock started: that it was put right is news of the day
somebody did so."""


def never_missed() -> sa.ColumnElement[bool]:
    """Return the condition of hændelser that tell of a missed deadline which, as it is counted now,
    was not missed."""
    told = frister.c.exceeded_id == haendelser.c.id
    counted_anew = frister.c.state == State.AFLOEST
    return sa.and_(
        haendelser.c.type == Haendelse.FRIST_OVERSKREDET,
        sa.exists().where(told, counted_anew),
        ~sa.exists().where(told, sa.not_(counted_anew)),
    )


def steps(connection: sa.Connection, sag: UUID) -> Sequence[OpenStep]:
    """Return the deadlines of the case that are open or met, open ones first by urgency."""
    rows = connection.execute(
        sa.select(frister)
        .where(frister.c.sag_id == sag, frister.c.state.in_(STANDING))
        .order_by(
            frister.c.state, last_where(frister.c.due.is_(None)), frister.c.due, frister.c.rule
        )
    )
    return [
        OpenStep(row.rule, row.rule_version, State(row.state), row.due, row.underretning_id)
        for row in rows
    ]
