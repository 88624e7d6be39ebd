"""The goals of the plans: need -> goal -> indsats -> opfølgning, each link a row.

What a goal says is a text like any other, at the place `place_of_maal` gives it. One whose change
is empty in a version is not there in that version; what points to it still finds it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.maal import AENDRING, FIELDS, PLANS, Aim, MaalStatus
from dubu_plugin.domain.skrift import SkriftKind, SkriftState, place_of_maal
from dubu_plugin.store.deadlines.states import State
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.tables import (
    frister,
    maal,
    maal_status,
    skrift_versioner,
    skrifter,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maal:
    """A goal, and what a version says of it."""

    id: UUID
    skrift: UUID
    behov: UUID | None
    dimension: str | None
    person: UUID
    """The child whose goal it is."""
    position: int
    aim: Aim
    looked_at_on: date | None
    same_as: UUID | None
    said: Mapping[str, str] = field(repr=False)
    """Its texts by field, see `dubu_plugin.domain.maal.FIELDS`."""

    @property
    def place(self) -> str:
        """Where its texts stand."""
        return place_of_maal(self.id)

    @property
    def text(self) -> str:
        """The change itself; empty where the version does not have the goal."""
        return self.said.get(AENDRING, "")


@dataclass(frozen=True, slots=True)
class Status:
    """How far a goal had come at an opfølgning."""

    opfoelgning: UUID
    status: MaalStatus
    barnets_tal: int | None
    """The child's own rating, 0 to 10."""
    at: datetime
    sag: UUID
    """The case it was held on: a goal for a sibling is followed on the sibling's."""


def add(
    connection: sa.Connection,
    skrift: UUID,
    person: UUID,
    *,
    need: UUID | None = None,
    dimension: str | None = None,
    aim: Aim = Aim.UDVIKLE,
    same_as: UUID | None = None,
    looked_at_on: date | None = None,
) -> UUID:
    """Store a goal after the others of its plan, and return its key. Its texts come after."""
    number = uuid4()
    last = connection.scalar(
        sa.select(sa.func.max(maal.c.position)).where(maal.c.skrift_id == skrift)
    )
    connection.execute(
        sa.insert(maal).values(
            id=number, skrift_id=skrift, behov_id=need, dimension=dimension, person_id=person,
            position=(last or 0) + 1, aim=aim, looked_at_on=looked_at_on, same_as=same_as,
        )
    )  # fmt: skip
    return number


def change(
    connection: sa.Connection, goal: UUID, *, aim: Aim, looked_at_on: date | None, person: UUID
) -> None:
    """Store which way a goal points, the day it is looked at next, and whose it is."""
    connection.execute(
        sa.update(maal)
        .where(maal.c.id == goal)
        .values(aim=aim, looked_at_on=looked_at_on, person_id=person)
    )


def look_anew(
    connection: sa.Connection,
    skrift: UUID,
    *,
    until: date,
    on: date,
    person: UUID | None = None,
) -> None:
    """Store another day for the goals of a plan whose day has come.

    :param until: the last Danish day that counts as come.
    :param person: only the goals of this child; without one, all of the plan.
    """
    wanted = [maal.c.skrift_id == skrift, maal.c.looked_at_on <= until]
    if person is not None:
        wanted.append(maal.c.person_id == person)
    connection.execute(sa.update(maal).where(*wanted).values(looked_at_on=on))


def of_skrift(connection: sa.Connection, skrift: UUID, said: Texts) -> Sequence[Maal]:
    """Return the goals a version has, in their order.

    :param said: what the version says.
    """
    return [one for one in ever_of(connection, skrift, said) if one.text]


def ever_of(connection: sa.Connection, skrift: UUID, said: Texts) -> Sequence[Maal]:
    """Return every goal there has been, also those a version does not have."""
    rows = connection.execute(
        sa.select(maal).where(maal.c.skrift_id == skrift).order_by(maal.c.position, maal.c.id)
    )
    return [of_row(row, said) for row in rows]


def newest_plan(connection: sa.Connection, sag: UUID, *kinds: SkriftKind) -> UUID | None:
    """Return the plan that has been approved in some version, the newest of a case, or None.

    :param kinds: only these; without any, barnets plan and ungeplan.
    """
    wanted = kinds or tuple(PLANS - {SkriftKind.FORAELDREHANDLEPLAN})
    return connection.scalar(
        sa.select(skrifter.c.id)
        .where(
            skrifter.c.sag_id == sag,
            skrifter.c.kind.in_(wanted),
            skrifter.c.state != SkriftState.OPGIVET,
            sa.exists().where(
                skrift_versioner.c.skrift_id == skrifter.c.id,
                skrift_versioner.c.approved_at.is_not(None),
            ),
        )
        .order_by(skrifter.c.begun_at.desc(), skrifter.c.id)
        .limit(1)
    )


def approved_version(connection: sa.Connection, skrift: UUID) -> int | None:
    """Return the newest version of a plan that is approved, or None."""
    found: int | None = connection.scalar(
        sa.select(sa.func.max(skrift_versioner.c.number)).where(
            skrift_versioner.c.skrift_id == skrift, skrift_versioner.c.approved_at.is_not(None)
        )
    )
    return found


def revision_waits(connection: sa.Connection, sag: UUID) -> bool:
    """Tell whether a deadline for revising the parents' own plan runs already (§ 79)."""
    its = frister.c
    asked = sa.select(its.id).where(
        its.sag_id == sag, its.rule == "FORPLAN-REV", its.state == State.AABEN
    )
    return connection.scalar(asked.limit(1)) is not None


def statuses(connection: sa.Connection, goals: Collection[UUID]) -> Mapping[UUID, Sequence[Status]]:
    """Return how far each goal has come, the oldest first."""
    found: dict[UUID, list[Status]] = {goal: [] for goal in goals}
    if not found:
        return found
    rows = connection.execute(
        sa.select(maal_status, skrifter.c.sag_id)
        .join(skrifter, skrifter.c.id == maal_status.c.skrift_id)
        .where(maal_status.c.maal_id.in_(goals))
        .order_by(maal_status.c.at)
    )
    for row in rows:
        found[row.maal_id].append(
            Status(row.skrift_id, MaalStatus(row.status), row.barnets_tal, row.at, row.sag_id)
        )
    return found


def of_row(row: sa.Row[Any], said: Texts) -> Maal:
    """Return a goal from its row and what a version says."""
    place = place_of_maal(row.id)
    return Maal(
        id=row.id,
        skrift=row.skrift_id,
        behov=row.behov_id,
        dimension=row.dimension,
        person=row.person_id,
        position=row.position,
        aim=Aim(row.aim),
        looked_at_on=row.looked_at_on,
        same_as=row.same_as,
        said={name: said[place, name].text for name in FIELDS if (place, name) in said},
    )
