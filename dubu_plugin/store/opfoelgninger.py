"""The opfølgninger of a case: what each decided, how far it found the goals, what it opened."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.indsatser import Skift
from dubu_plugin.domain.maal import PLANS, MaalStatus
from dubu_plugin.domain.opfoelgning import Valg
from dubu_plugin.domain.skrift import OPEN, SkriftKind, SkriftState
from dubu_plugin.store.canonical import canonical
from dubu_plugin.store.tables import (
    employees,
    indsats_skift,
    indsatser,
    maal_status,
    opfoelgninger,
    skrift_versioner,
    skrifter,
    udtalelse_svar,
    udtalelser,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opfoelgning:
    """One that is held."""

    skrift: UUID
    sag: UUID
    plan: UUID | None
    plan_version: int | None
    held_on: date
    choice: Valg
    opened: Sequence[tuple[str, UUID]] = ()
    """What it opened for more work: ``plan``, ``skrift``, ``aendr`` or ``afslut``, and its key."""
    samtale: UUID | None = None
    next_on: date | None
    months: int | None
    """The rhythm that was decided; None where the next is a day of its own."""
    made_at: datetime
    made_by: str
    by_name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """The opfølgninger of a case: those that are held, the newest first, and the one written in."""

    held: Sequence[Opfoelgning]
    open: UUID | None
    open_version: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan whose goals are followed: its newest approved version."""

    skrift: UUID
    kind: SkriftKind
    approved: int
    is_open: bool
    """A newer version of it is written in."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Something that happened with an indsats."""

    indsats: UUID
    code: str
    starts_on: date
    kind: Skift
    on: date
    reason: str | None
    words: str = field(repr=False)
    opfoelgning: UUID | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement says of one dimension."""

    udtalelse: UUID
    organisation: str = field(repr=False)
    on: date
    dimension: str
    text: str = field(repr=False)


def add(connection: sa.Connection, new: Opfoelgning) -> None:
    """Store one that is held."""
    connection.execute(
        sa.insert(opfoelgninger).values(
            skrift_id=new.skrift, sag_id=new.sag, plan_id=new.plan, plan_version=new.plan_version,
            held_on=new.held_on, choice=new.choice,
            opened=canonical([[what, str(key)] for what, key in new.opened]),
            samtale_id=new.samtale, next_on=new.next_on, months=new.months,
            made_at=new.made_at, made_by=new.made_by,
        )
    )  # fmt: skip


def put_status(
    connection: sa.Connection,
    opfoelgning: UUID,
    found: Mapping[UUID, tuple[MaalStatus, int | None]],
    *,
    by: str,
    at: datetime,
) -> None:
    """Store how far the goals had come, and the child's own rating of each.

    :param at: when it was held.
    """
    rows = [
        {"skrift_id": opfoelgning, "maal_id": goal, "status": status, "barnets_tal": number,
         "at": at, "by": by}
        for goal, (status, number) in found.items()
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(maal_status), rows)


def statuses_of(
    connection: sa.Connection, opfoelgning: UUID
) -> Mapping[UUID, tuple[MaalStatus, int | None]]:
    """Return how far it found each goal."""
    rows = connection.execute(sa.select(maal_status).where(maal_status.c.skrift_id == opfoelgning))
    return {row.maal_id: (MaalStatus(row.status), row.barnets_tal) for row in rows}


def of_sag(connection: sa.Connection, sag: UUID) -> Kept:
    """Return those of a case that are not given up."""
    its = skrifter.c
    rows = connection.execute(
        sa.select(its.id, its.state, its.version, opfoelgninger, employees.c.name)
        .select_from(
            skrifter.outerjoin(opfoelgninger, opfoelgninger.c.skrift_id == its.id).outerjoin(
                employees, employees.c.key == opfoelgninger.c.made_by
            )
        )
        .where(
            its.sag_id == sag,
            its.kind == SkriftKind.OPFOELGNING,
            its.state != SkriftState.OPGIVET,
        )
        .order_by(opfoelgninger.c.held_on.desc(), opfoelgninger.c.made_at.desc(), its.begun_at)
    ).all()
    written_in = next((row for row in rows if row.state in OPEN), None)
    return Kept(
        [_held(row) for row in rows if row.skrift_id is not None],
        written_in.id if written_in else None,
        written_in.version if written_in else 0,
    )


def by_skrift(connection: sa.Connection, skrift: UUID) -> Opfoelgning | None:
    """Return one that is held, or None."""
    row = connection.execute(
        sa.select(opfoelgninger, employees.c.name)
        .outerjoin(employees, employees.c.key == opfoelgninger.c.made_by)
        .where(opfoelgninger.c.skrift_id == skrift)
    ).one_or_none()
    return None if row is None else _held(row)


def plan_of(connection: sa.Connection, sag: UUID) -> Plan | None:
    """Return the newest plan of a case with an approved version, barnets plan or ungeplan."""
    its, version = skrifter.c, skrift_versioner.c
    approved = (
        sa.select(sa.func.max(version.number))
        .where(version.skrift_id == its.id, version.approved_at.is_not(None))
        .scalar_subquery()
    )
    kinds = PLANS - {SkriftKind.FORAELDREHANDLEPLAN}
    row = connection.execute(
        sa.select(its.id, its.kind, its.state, approved.label("approved"))
        .where(
            its.sag_id == sag,
            its.kind.in_(kinds),
            its.state != SkriftState.OPGIVET,
            approved.is_not(None),
        )
        .order_by(its.begun_at.desc(), its.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Plan(row.id, SkriftKind(row.kind), row.approved, row.state in OPEN)


def shifts(connection: sa.Connection, sag: UUID) -> Sequence[Shift]:
    """Return everything that has happened with the indsatser of a case, the newest first."""
    its, one = indsats_skift.c, indsatser.c
    rows = connection.execute(
        sa.select(
            one.id, one.code, one.starts_on, its.kind, its.on, its.reason, its.words,
            its.opfoelgning_id,
        )
        .join_from(indsats_skift, indsatser, its.indsats_id == one.id)
        .where(one.sag_id == sag)
        .order_by(its.on.desc(), its.at.desc(), its.id)
    )  # fmt: skip
    return [
        Shift(
            row.id, row.code, row.starts_on, Skift(row.kind), row.on, row.reason, row.words or "",
            row.opfoelgning_id,
        )
        for row in rows
    ]  # fmt: skip


def statements(connection: sa.Connection, sag: UUID, since: date | None) -> Sequence[Statement]:
    """Return what the statements say that came since a day, the newest first."""
    one, its = udtalelser.c, udtalelse_svar.c
    query = (
        sa.select(one.id, one.organisation, one.received_on, its.place, its.text)
        .outerjoin_from(udtalelser, udtalelse_svar, its.udtalelse_id == one.id)
        .where(one.sag_id == sag, one.received_on.is_not(None))
        .order_by(one.received_on.desc(), one.id, its.place)
    )
    if since is not None:
        query = query.where(one.received_on >= since)
    return [
        Statement(row.id, row.organisation, row.received_on, row.place or "", row.text or "")
        for row in connection.execute(query)
    ]


def _held(row: sa.Row[Any]) -> Opfoelgning:
    return Opfoelgning(
        skrift=row.skrift_id,
        sag=row.sag_id,
        plan=row.plan_id,
        plan_version=row.plan_version,
        held_on=row.held_on,
        choice=Valg(row.choice),
        opened=[(what, UUID(key)) for what, key in json.loads(row.opened)],
        samtale=row.samtale_id,
        next_on=row.next_on,
        months=row.months,
        made_at=row.made_at,
        made_by=row.made_by,
        by_name=row.name or row.made_by,
    )
