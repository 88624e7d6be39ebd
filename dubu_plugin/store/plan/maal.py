"""The goals of the plans: need -> goal -> indsats -> opfølgning, each link a row.

What a goal says is a text like any other, at the place `place_of_maal` gives it. One whose change
is empty in a version is not there in that version; what points to it still finds it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.maal import AENDRING, FIELDS, PLANS, Aim, MaalStatus
from dubu_plugin.domain.skrift import SkriftKind, SkriftState, place_of_behov, place_of_maal
from dubu_plugin.store.deadlines.states import State
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.tables import (
    behov,
    frister,
    maal,
    maal_status,
    skrift_versioner,
    skrifter,
    tekster,
)

UNDERSOEGELSER: Final = (SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, SkriftKind.AFDAEKNING)
"""What needs are taken from."""


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
class Need:
    """A need as a plan sees it."""

    id: UUID
    skrift: UUID
    dimension: str
    method: tuple[str, str]
    text: str = field(repr=False)
    """What it says; the last it said where the undersøgelse does not name it any more."""
    stands: bool
    """Whether the newest version of its undersøgelse still names it."""
    leaving: bool
    """It does not, and that version is still written in: what is approved may name it yet."""


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


def needs_of_sag(connection: sa.Connection, sag: UUID) -> Sequence[Need]:
    """Return the needs of the newest undersøgelse or afdækning of a case that is not given up.

    What is still written in counts: a plan may be prepared beside it (§ 47).
    """
    return [one for one in needs(connection, (), sag=sag).values() if one.stands]


def needs(
    connection: sa.Connection, ids: Collection[UUID], *, sag: UUID | None = None
) -> Mapping[UUID, Need]:
    """Return needs by their keys, in the order of their undersøgelse.

    :param sag: also those of the newest undersøgelse or afdækning of this case.
    """
    if not ids and sag is None:
        return {}
    wanted: sa.ColumnElement[bool] = behov.c.id.in_(ids)
    if sag is not None:
        wanted = sa.or_(wanted, behov.c.skrift_id == _newest(sag))
    texts: dict[str, list[str]] = {}
    now: dict[str, str] = {}
    approved: dict[str, str] = {}
    unapproved: set[str] = set()
    rows = []
    for row in connection.execute(_needs(wanted)):
        if row.place is None:
            rows.append(row)
        else:
            texts.setdefault(row.place, []).extend((row.before, row.text))
            if row.version <= row.newest:
                now[row.place] = row.text
            if row.approved is None:
                unapproved.add(row.place)
            elif row.version <= row.approved:
                approved[row.place] = row.text
    found = {}
    for row in rows:
        place = place_of_behov(row.id)
        words = texts.get(place, [""])
        stands = bool(now.get(place))
        said = next((text for text in reversed(words) if text), "")
        found[row.id] = Need(
            row.id, row.skrift_id, row.dimension, (row.method or "", row.method_version or ""),
            said, stands, not stands and (place in unapproved or bool(approved.get(place))),
        )  # fmt: skip
    return found


def _needs(wanted: sa.ColumnElement[bool]) -> sa.CompoundSelect[Any]:
    """Return the question of needs with what each has said, version by version: one for both."""
    b, t, none = behov.c, tekster.c, sa.null()
    needs = (
        sa.select(
            b.id, b.skrift_id, b.dimension, b.position, skrifter.c.method,
            skrifter.c.method_version, sa.cast(none, t.place.type).label("place"),
            sa.cast(none, t.version.type).label("version"),
            sa.cast(none, t.before.type).label("before"), sa.cast(none, t.text.type).label("text"),
            skrifter.c.version.label("newest"), _approved().label("approved"),
        )
        .join_from(behov, skrifter)
        .where(wanted)
    )  # fmt: skip
    of = sa.select(behov.c.skrift_id).where(wanted)
    said = sa.select(
        sa.cast(none, b.id.type), t.skrift_id, sa.cast(none, b.dimension.type),
        sa.cast(none, b.position.type), sa.cast(none, skrifter.c.method.type),
        sa.cast(none, skrifter.c.method_version.type), t.place, t.version, t.before, t.text,
        skrifter.c.version, _approved(),
    ).join_from(tekster, skrifter, t.skrift_id == skrifter.c.id).where(
        t.skrift_id.in_(of), t.field == TEXT
    )  # fmt: skip
    return needs.union_all(said).order_by("skrift_id", "dimension", "position", "place", "version")


def _approved() -> sa.ScalarSelect[Any]:
    """Return the newest approved version of the skrift that is asked for."""
    v = skrift_versioner.c
    return (
        sa.select(sa.func.max(v.number))
        .where(v.skrift_id == skrifter.c.id, v.approved_at.is_not(None))
        .correlate(skrifter)
        .scalar_subquery()
    )


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


def _newest(sag: UUID) -> sa.ScalarSelect[Any]:
    """Return the newest undersøgelse or afdækning of a case that is not given up."""
    return (
        sa.select(skrifter.c.id)
        .where(
            skrifter.c.sag_id == sag,
            skrifter.c.kind.in_(UNDERSOEGELSER),
            skrifter.c.state != SkriftState.OPGIVET,
        )
        .order_by(skrifter.c.begun_at.desc(), skrifter.c.id)
        .limit(1)
        .correlate(None)
        .scalar_subquery()
    )


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
