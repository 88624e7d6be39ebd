"""Statements asked for: from whom, on what basis, by when, and what came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.inddragelse import OPEN, Grundlag, UdtalelseState
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.tables import udtalelse_svar, udtalelser, underretninger


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of whom."""

    source: str
    """A code of `dubu_plugin.domain.inddragelse.SOURCES`."""
    organisation: str = field(repr=False)
    address: str = field(default="", repr=False)
    electronic: str = field(default="", repr=False)
    basis: Grundlag
    basis_reason: str = field(default="", repr=False)
    purpose: str = field(repr=False)
    headings: tuple[str, ...]
    """Codes of dimensions."""
    due: date
    skrift: UUID | None = None
    samtykke: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Udtalelse:
    """A request as it stands."""

    id: UUID
    sag: UUID
    asked: Asked
    state: UdtalelseState
    asked_at: datetime
    asked_by: str
    chased_at: datetime | None
    chased: int
    ended_at: datetime | None
    ended_reason: str = field(repr=False)
    received_on: date | None
    document_key: str
    document_title: str = field(repr=False)
    erindring: UUID | None
    ventegrund: UUID | None
    letter: UUID | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return self.state in OPEN

    def is_overdue(self, day: date) -> bool:
        """Tell whether the day it was to come is over."""
        return self.is_open and day > self.asked.due


def add(connection: sa.Connection, sag: Sag, asked: Asked, *, by: str, now: datetime) -> UUID:
    """Store that somebody is asked, and return its key."""
    new = uuid4()
    connection.execute(
        sa.insert(udtalelser).values(
            id=new, sag_id=sag.id, person_id=sag.child_id, skrift_id=asked.skrift,
            source=asked.source, organisation=asked.organisation[:200],
            address=asked.address[:300], electronic=asked.electronic[:200], basis=asked.basis,
            samtykke_id=asked.samtykke, basis_reason=asked.basis_reason, purpose=asked.purpose,
            headings=",".join(asked.headings)[:500], due=asked.due,
            state=UdtalelseState.SPURGT, asked_at=now, asked_by=by, chased=0, version=1,
        )
    )  # fmt: skip
    return new


def change(connection: sa.Connection, udtalelse: UUID, version: int, **values: Any) -> None:
    """Store what became of it.

    :param version: the one it was read in.
    """
    mine = udtalelser.c.id == udtalelse
    new = version + 1
    connection.execute(sa.update(udtalelser).where(mine).values(version=new, **values))


def by_id(connection: sa.Connection, udtalelse: UUID) -> Udtalelse | None:
    """Return a request, or None."""
    query = sa.select(udtalelser).where(udtalelser.c.id == udtalelse)
    row = connection.execute(query).one_or_none()
    return None if row is None else _udtalelse(row)


def of_sag(connection: sa.Connection, sag: UUID) -> Sequence[Udtalelse]:
    """Return the requests of a case, the newest first."""
    rows = connection.execute(
        sa.select(udtalelser)
        .where(udtalelser.c.sag_id == sag)
        .order_by(udtalelser.c.asked_at.desc(), udtalelser.c.organisation, udtalelser.c.id)
    )
    return [_udtalelse(row) for row in rows]


def places(connection: sa.Connection, sag: UUID) -> Sequence[str]:
    """Return where those work who know the child: who is asked before, and who notified by name."""
    u, came = udtalelser.c, underretninger.c
    names = sa.union(
        sa.select(u.organisation.label("name")).where(u.sag_id == sag),
        sa.select(came.notifier_organisation).where(
            came.sag_id == sag, came.notifier_organisation.is_not(None), ~came.anonymous
        ),
    ).subquery()
    return list(connection.scalars(sa.select(names.c.name).order_by(names.c.name)))


def put_answer(connection: sa.Connection, udtalelse: UUID, said: Mapping[str, str]) -> None:
    """Store what a statement says, by dimension, in place of what was stored."""
    mine = udtalelse_svar.c.udtalelse_id == udtalelse
    connection.execute(sa.delete(udtalelse_svar).where(mine))
    rows = [
        {"udtalelse_id": udtalelse, "place": place, "text": text}
        for place, text in said.items()
        if text
    ]
    if rows:
        connection.execute(sa.insert(udtalelse_svar), rows)


def answer(connection: sa.Connection, udtalelse: UUID) -> Mapping[str, str]:
    """Return what a statement says, by dimension; what it says besides stands under ''."""
    found = udtalelse_svar.c
    rows = connection.execute(
        sa.select(found.place, found.text).where(found.udtalelse_id == udtalelse)
    )
    return {row.place: row.text for row in rows}


def under(connection: sa.Connection, sag: UUID, dimension: str) -> Sequence[tuple[Udtalelse, str]]:
    """Return what the statements on a case say of a dimension, the newest first.

    Also those that were asked about it and lie as a document alone; their text is empty.
    """
    u, s = udtalelser, udtalelse_svar
    mine = sa.and_(s.c.udtalelse_id == u.c.id, s.c.place == dimension)
    rows = connection.execute(
        sa.select(u, s.c.text)
        .outerjoin(s, mine)
        .where(u.c.sag_id == sag, u.c.state == UdtalelseState.MODTAGET)
        .order_by(u.c.received_on.desc(), u.c.id)
    )
    found = [(_udtalelse(row), row.text or "") for row in rows]
    return [(one, text) for one, text in found if text or dimension in one.asked.headings]


def _udtalelse(row: sa.Row[Any]) -> Udtalelse:
    return Udtalelse(
        id=row.id,
        sag=row.sag_id,
        asked=Asked(
            source=row.source,
            organisation=row.organisation,
            address=row.address or "",
            electronic=row.electronic or "",
            basis=Grundlag(row.basis),
            basis_reason=row.basis_reason or "",
            purpose=row.purpose,
            headings=tuple(filter(None, row.headings.split(","))),
            due=row.due,
            skrift=row.skrift_id,
            samtykke=row.samtykke_id,
        ),
        state=UdtalelseState(row.state),
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        chased_at=row.chased_at,
        chased=row.chased,
        ended_at=row.ended_at,
        ended_reason=row.ended_reason or "",
        received_on=row.received_on,
        document_key=row.document_key or "",
        document_title=row.document_title or "",
        erindring=row.erindring_id,
        ventegrund=row.ventegrund_id,
        letter=row.letter_id,
        version=row.version,
    )
