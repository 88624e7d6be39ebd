"""The indsatser of a case and what has happened with each; every change keeps what was before.

The catalogue of what there is stands in `dubu_plugin.domain.indsatser`. An indsats has no price:
what is paid for it hangs on its key in tables of its own.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.gates.begins import Before, Decider
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState, Skift
from dubu_plugin.domain.skrift import SkriftState, place_of_maal
from dubu_plugin.store.canonical import canonical
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.tables import (
    employees,
    haendelser,
    indsats_maal,
    indsats_skift,
    indsatser,
    maal,
    skrifter,
    tekster,
)

GOAL: Final = "aendring"
"""The field a goal itself is written in."""
TOLD: Final = (
    H.INDSATS_IVAERKSAT, H.ANBRINGELSE_IVAERKSAT, H.INDSATS_OPHOERT, H.ANBRINGELSE_OPHOERT,
    H.BARN_HJEMGIVET, H.OPFOELGNING_AFHOLDT, H.TILSYNSBESOEG_FOERT,
)  # fmt: skip
"""What a course of indsatser is told by, also where it was noted by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indsats:
    """An indsats of a case."""

    id: UUID
    sag: UUID
    person: UUID
    code: str
    law: str
    decision_law: str
    afgoerelse: UUID | None
    decided_on: date | None = None
    """The Danish day of the decision, where it does not stand on the case."""
    decided_by: Decider | None = None
    decided_votes: int | None = None
    decided_paper: str | None = field(default=None, repr=False)
    """Where that decision lies."""
    place: str | None
    place_name: str | None = field(repr=False)
    place_hidden: bool
    """The parents are not told where it is (§ 105)."""
    supplier: str | None = field(repr=False)
    amount: Decimal | None
    unit: str
    per: str | None
    starts_on: date
    expected_end: date | None
    ended_on: date | None
    state: IndsatsState
    made_at: datetime
    made_by: str
    version: int

    @property
    def before(self) -> Before:
        """The decision it rests on, where that does not stand on the case."""
        return Before(
            on=self.decided_on,
            by=self.decided_by,
            votes=self.decided_votes,
            paper=self.decided_paper or "",
        )

    @property
    def runs(self) -> bool:
        """Whether it is given now."""
        return self.state is IndsatsState.I_GANG


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened with an indsats."""

    kind: Skift
    on: date
    reason: str | None
    words: str = field(repr=False)
    before: Mapping[str, Any] = field(repr=False)
    """What the columns that changed said before, as they are written in JSON."""
    at: datetime
    by: str
    """The name of who did it."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal an indsats may serve."""

    id: UUID
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Noted:
    """A hændelse of the course of the indsatser."""

    id: UUID
    what: H
    at: datetime
    data: Mapping[str, Any]


def add(connection: sa.Connection, new: Indsats, goals: Collection[UUID]) -> None:
    """Store an indsats and the goals it serves."""
    values: dict[str, Any] = {
        name: getattr(new, name)
        for name in Indsats.__dataclass_fields__
        if name not in ("sag", "person", "afgoerelse")
    }
    connection.execute(
        sa.insert(indsatser).values(
            **values, sag_id=new.sag, person_id=new.person, afgoerelse_id=new.afgoerelse
        )
    )
    _serve(connection, new.id, goals)


def by_id(connection: sa.Connection, indsats: UUID) -> Indsats | None:
    """Return an indsats, or None."""
    row = connection.execute(sa.select(indsatser).where(indsatser.c.id == indsats)).one_or_none()
    return None if row is None else of_row(row)


def of_sag(connection: sa.Connection, sag: UUID) -> Sequence[Indsats]:
    """Return the indsatser of a case, the last begun first, also those that ended or came to
    nothing."""
    rows = connection.execute(
        sa.select(indsatser)
        .where(indsatser.c.sag_id == sag)
        .order_by(indsatser.c.starts_on.desc(), indsatser.c.made_at.desc(), indsatser.c.id)
    )
    return [of_row(row) for row in rows]


def change(
    connection: sa.Connection, indsats: Indsats, values: Mapping[str, Any], *, seen: int
) -> bool:
    """Set the named columns. Tell whether it was done: no, where another was first.

    :param seen: the version that was on the screen.
    """
    done = connection.execute(
        sa.update(indsatser)
        .where(indsatser.c.id == indsats.id, indsatser.c.version == seen)
        .values(**values, version=seen + 1)
    )
    return done.rowcount == 1


def rest_on(connection: sa.Connection, indsats: Indsats, *, seen: int) -> None:
    """Store what a planned indsats rests on, where its decision does not stand on the case, and the
    law it is under.

    :param seen: the version that was on the screen; where another was first nothing is stored.
    """
    before = indsats.before
    connection.execute(
        sa.update(indsatser)
        .where(indsatser.c.id == indsats.id, indsatser.c.version == seen)
        .values(
            decided_on=before.on, decided_by=before.by, decided_votes=before.votes,
            decided_paper=before.paper or None, law=indsats.law,
            decision_law=indsats.decision_law,
        )
    )  # fmt: skip


def serve(connection: sa.Connection, indsats: UUID, goals: Collection[UUID]) -> None:
    """Store which goals it serves, in place of those it served."""
    connection.execute(sa.delete(indsats_maal).where(indsats_maal.c.indsats_id == indsats))
    _serve(connection, indsats, goals)


def serves(connection: sa.Connection, ids: Collection[UUID]) -> Mapping[UUID, Sequence[UUID]]:
    """Return the goals each indsats serves."""
    found: dict[UUID, list[UUID]] = {number: [] for number in ids}
    if found:
        its = indsats_maal.c
        asked = sa.select(indsats_maal).where(its.indsats_id.in_(ids)).order_by(its.maal_id)
        for row in connection.execute(asked):
            found[row.indsats_id].append(row.maal_id)
    return found


def keep(
    connection: sa.Connection,
    indsats: UUID,
    kind: Skift,
    on: date,
    *,
    by: str,
    now: datetime,
    reason: str | None = None,
    words: str = "",
    before: Mapping[str, Any] | None = None,
    opfoelgning: UUID | None = None,
) -> UUID:
    """Store that something happened with an indsats, and return its key.

    :param on: the Danish day it takes effect.
    :param reason: a code of the catalogue.
    :param opfoelgning: the follow-up it was decided at.
    """
    number = uuid4()
    connection.execute(
        sa.insert(indsats_skift).values(
            id=number, indsats_id=indsats, kind=kind, on=on, reason=reason, words=words or None,
            before=canonical(before or {}), opfoelgning_id=opfoelgning, at=now, by=by,
        )
    )  # fmt: skip
    return number


def history(connection: sa.Connection, ids: Collection[UUID]) -> Mapping[UUID, Sequence[Change]]:
    """Return what has happened with each indsats, the last that was written first."""
    found: dict[UUID, list[Change]] = {number: [] for number in ids}
    if not found:
        return found
    its = indsats_skift.c
    rows = connection.execute(
        sa.select(indsats_skift, employees.c.name.label("name"))
        .outerjoin(employees, employees.c.key == its.by)
        .where(its.indsats_id.in_(ids))
        .order_by(its.at.desc(), its.id)
    )
    for row in rows:
        found[row.indsats_id].append(
            Change(
                Skift(row.kind), row.on, row.reason, row.words or "", json.loads(row.before),
                row.at, row.name or row.by,
            )
        )  # fmt: skip
    return found


def goals(connection: sa.Connection, sag: UUID) -> Sequence[Goal]:
    """Return the goals of the plans of a case that are not given up, as they say now."""
    rows = connection.execute(
        sa.select(maal, skrifter.c.version)
        .join_from(maal, skrifter, maal.c.skrift_id == skrifter.c.id)
        .where(skrifter.c.sag_id == sag, skrifter.c.state != SkriftState.OPGIVET)
        .order_by(skrifter.c.begun_at.desc(), maal.c.position, maal.c.id)
    ).all()
    if not rows:
        return ()
    places = {place_of_maal(row.id): row.id for row in rows}
    newest = {row.id: row.version for row in rows}
    said = connection.execute(
        sa.select(tekster.c.place, tekster.c.version, tekster.c.text)
        .where(tekster.c.place.in_(places), tekster.c.field == GOAL)
        .order_by(tekster.c.version)
    )
    words = {goal: row.text for row in said if row.version <= newest[goal := places[row.place]]}
    plans = {row.id: row.skrift_id for row in rows}
    # A sibling's own goal points to the first child's, in the same plan: both stand.
    grown_on = {row.same_as for row in rows if plans.get(row.same_as) != row.skrift_id}
    return [
        Goal(row.id, words[row.id]) for row in rows if words.get(row.id) and row.id not in grown_on
    ]


def told(connection: sa.Connection, sag: UUID) -> Sequence[Noted]:
    """Return what has happened of `TOLD` and stands, the oldest first."""
    its = haendelser.c
    rows = connection.execute(
        sa.select(its.id, its.type, its.occurred_at, its.data)
        .where(its.sag_id == sag, its.type.in_(TOLD), stands())
        .order_by(its.occurred_at, its.seq)
    )
    return [Noted(row.id, H(row.type), row.occurred_at, json.loads(row.data)) for row in rows]


def _serve(connection: sa.Connection, indsats: UUID, goals: Collection[UUID]) -> None:
    if goals:
        rows = [{"indsats_id": indsats, "maal_id": goal} for goal in sorted(set(goals))]
        connection.execute(sa.insert(indsats_maal), rows)


def of_row(row: sa.Row[Any]) -> Indsats:
    """Return an indsats from its row, whatever else stands in that."""
    values = dict(row._mapping)
    for name in ("sag", "person", "afgoerelse"):
        values[name] = values[f"{name}_id"]
    mine = {name: values[name] for name in Indsats.__dataclass_fields__}
    by = Decider(row.decided_by) if row.decided_by else None
    return Indsats(**{**mine, "state": IndsatsState(row.state), "decided_by": by})
