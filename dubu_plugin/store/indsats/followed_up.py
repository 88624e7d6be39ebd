"""What a case is followed up on, read in few questions: the plan, the goals, the indsatser, and
what has been said and has happened."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.indsatser import Skift
from dubu_plugin.domain.maal import PARENTS, PLANS, MaalStatus
from dubu_plugin.domain.skrift import OPEN, SkriftKind, SkriftState
from dubu_plugin.store.indsats import indsatser as helping
from dubu_plugin.store.indsats import opfoelgninger as held_ones
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.opfoelgninger import Opfoelgning
from dubu_plugin.store.plan import maal as goals_of_plans
from dubu_plugin.store.plan.maal import Maal, Status
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.tables import (
    employees,
    indsats_maal,
    indsats_skift,
    indsatser,
    journalnotater,
    maal,
    maal_status,
    opfoelgninger,
    skrift_versioner,
    skrifter,
    udtalelse_svar,
    udtalelser,
)

MOST_NOTES: Final = 12
"""How many of the newest notes are read; the journal has them all."""


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
class Goal:
    """A goal, how far it has come at each opfølgning, and the indsatser that serve it."""

    maal: Maal
    statuses: Sequence[Status]
    served_by: Collection[UUID]


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


@dataclass(frozen=True, slots=True)
class Note:
    """The heading of a note somebody has written in the journal."""

    title: str = field(repr=False)
    at: datetime


def of_sag(connection: sa.Connection, sag: UUID) -> tuple[Kept, Plan | None, Plan | None]:
    """Return the opfølgninger of a case that are not given up, and its newest plans with a version
    that is approved: barnets plan or ungeplan, and the parents' own."""
    its, version = skrifter.c, skrift_versioner.c
    approved = (
        sa.select(sa.func.max(version.number))
        .where(version.skrift_id == its.id, version.approved_at.is_not(None))
        .scalar_subquery()
    )
    rows = connection.execute(
        sa.select(
            its.id, its.kind, its.state, its.version, approved.label("approved"), opfoelgninger,
            employees.c.name,
        )
        .select_from(
            skrifter.outerjoin(opfoelgninger, opfoelgninger.c.skrift_id == its.id).outerjoin(
                employees, employees.c.key == opfoelgninger.c.made_by
            )
        )
        .where(
            its.sag_id == sag,
            its.kind.in_([SkriftKind.OPFOELGNING, *PLANS]),
            its.state != SkriftState.OPGIVET,
        )
        .order_by(
            opfoelgninger.c.held_on.desc(), opfoelgninger.c.made_at.desc(), its.begun_at.desc(),
            its.id,
        )
    ).all()  # fmt: skip
    mine = [row for row in rows if row.kind == SkriftKind.OPFOELGNING]
    written_in = next((row for row in mine if row.state in OPEN), None)
    held = [held_ones.of_row(row) for row in mine if row.skrift_id is not None]
    kept = Kept(
        held, written_in.id if written_in else None, written_in.version if written_in else 0
    )
    return kept, _newest(rows, PLANS - {PARENTS}), _newest(rows, {PARENTS})


def goals(connection: sa.Connection, plan: UUID, said: Texts) -> Sequence[Goal]:
    """Return the goals a version of a plan has, with all that hangs on each.

    :param said: what the version says.
    """
    rows = connection.execute(
        sa.select(
            maal, maal_status.c.skrift_id.label("opfoelgning"), maal_status.c.status,
            maal_status.c.barnets_tal, maal_status.c.at, skrifter.c.sag_id,
            indsats_maal.c.indsats_id,
        )
        .select_from(
            maal.outerjoin(maal_status, maal_status.c.maal_id == maal.c.id)
            .outerjoin(skrifter, skrifter.c.id == maal_status.c.skrift_id)
            .outerjoin(indsats_maal, indsats_maal.c.maal_id == maal.c.id)
        )
        .where(maal.c.skrift_id == plan)
        .order_by(maal.c.position, maal.c.id, maal_status.c.at, indsats_maal.c.indsats_id)
    ).all()  # fmt: skip
    found: dict[UUID, Maal] = {}
    statuses: dict[UUID, dict[UUID, Status]] = {}
    serves: dict[UUID, dict[UUID, None]] = {}
    for row in rows:
        found.setdefault(row.id, goals_of_plans.of_row(row, said))
        if row.opfoelgning is not None:
            statuses.setdefault(row.id, {})[row.opfoelgning] = Status(
                row.opfoelgning, MaalStatus(row.status), row.barnets_tal, row.at, row.sag_id
            )
        if row.indsats_id is not None:
            serves.setdefault(row.id, {})[row.indsats_id] = None
    return [
        Goal(one, list(statuses.get(key, {}).values()), list(serves.get(key, {})))
        for key, one in found.items()
        if one.text
    ]


def helped(connection: sa.Connection, sag: UUID) -> tuple[Sequence[Indsats], Sequence[Shift]]:
    """Return the indsatser of a case, the last begun first, and what has happened with them, the
    newest first."""
    its, one = indsats_skift.c, indsatser.c
    rows = connection.execute(
        sa.select(
            indsatser, its.kind, its.on, its.reason, its.words, its.opfoelgning_id,
            its.at.label("noted_at"),
        )
        .outerjoin_from(indsatser, indsats_skift, its.indsats_id == one.id)
        .where(one.sag_id == sag)
        .order_by(one.starts_on.desc(), one.made_at.desc(), one.id, its.at.desc(), its.id)
    ).all()  # fmt: skip
    found: dict[UUID, Indsats] = {}
    shifts = []
    for row in rows:
        found.setdefault(row.id, helping.of_row(row))
        if row.kind is not None:
            shifts.append((row.on, row.noted_at, _shift(row)))
    shifts.sort(key=lambda one: one[:2], reverse=True)
    return list(found.values()), [shift for _, _, shift in shifts]


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


def notes(connection: sa.Connection, sag: UUID, since: datetime) -> Sequence[Note]:
    """Return the headings of the newest notes people have written since a moment; what follows from
    something that was done stands elsewhere."""
    its = journalnotater.c
    rows = connection.execute(
        sa.select(its.title, its.occurred_at)
        .where(its.sag_id == sag, its.occurred_at >= since, sa.not_(its.automatic))
        .order_by(its.occurred_at.desc(), its.id)
        .limit(MOST_NOTES)
    )
    return [Note(row.title, row.occurred_at) for row in rows]


def _newest(rows: Sequence[sa.Row[Any]], kinds: Collection[SkriftKind]) -> Plan | None:
    for row in rows:
        if row.kind in kinds and row.approved is not None:
            return Plan(row.id, SkriftKind(row.kind), row.approved, row.state in OPEN)
    return None


def _shift(row: sa.Row[Any]) -> Shift:
    return Shift(
        row.id, row.code, row.starts_on, Skift(row.kind), row.on, row.reason, row.words or "",
        row.opfoelgning_id,
    )  # fmt: skip
