"""Talks with the child: what was said, in editions, and the part of it that is locked."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.inddragelse import Samtaleform, SamtaleState, Undladt
from dubu_plugin.store.sag import rettelser
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.tables import (
    boernesamtale_adgange,
    boernesamtale_laaste,
    boernesamtale_udgaver,
    boernesamtaler,
    employees,
    haendelser,
)

FIRST: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody says of a talk: one edition of it."""

    occurred_at: datetime
    """When it was held, or when it was decided that there would be none."""
    form: Samtaleform | None = None
    place: str = field(default="", repr=False)
    first_time: bool = False
    """An essential meeting in a first-time case (§ 21, stk. 5)."""
    advisers: tuple[str, ...] = ()
    """Employees' keys."""
    one_adviser_reason: str = field(default="", repr=False)
    others: str = field(default="", repr=False)
    safe_adult: str = field(default="", repr=False)
    interpreter: str = field(default="", repr=False)
    topics: str = field(default="", repr=False)
    own_words: str = field(default="", repr=False)
    wishes: str = field(default="", repr=False)
    told: str = field(default="", repr=False)
    agreed: str = field(default="", repr=False)
    read_through: bool = False
    """It was gone through with the child afterwards."""
    document_key: str = ""
    document_title: str = field(default="", repr=False)
    omitted: Undladt | None = None
    omitted_reason: str = field(default="", repr=False)
    instead: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Samtale:
    """A talk as it stands, without what is locked."""

    id: UUID
    sag: UUID
    state: SamtaleState
    version: int
    has_locked: bool
    locked_by: str | None
    created_at: datetime
    created_by: str
    written_at: datetime
    written_by: str
    said: Told

    @property
    def was_held(self) -> bool:
        """Whether the child was talked with."""
        return self.state is SamtaleState.HOLDT


@dataclass(frozen=True, slots=True)
class Locked:
    """The locked part."""

    text: str = field(repr=False)
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of what is told, and who wrote it."""

    number: int
    at: datetime
    by_name: str = field(repr=False)
    said: Told


def add(
    connection: sa.Connection,
    sag: Sag,
    state: SamtaleState,
    said: Told,
    *,
    by: str,
    now: datetime,
    number: UUID | None = None,
) -> UUID:
    """Store a talk with its first edition, and return its key.

    :param number: made when the form was drawn, so that a form sent twice is one talk.
    """
    new = number or uuid4()
    connection.execute(
        sa.insert(boernesamtaler).values(
            id=new, sag_id=sag.id, person_id=sag.child_id, state=state, version=FIRST,
            created_at=now, created_by=by,
        )
    )  # fmt: skip
    _put(connection, new, FIRST, said, by, now)
    return new


def change(
    connection: sa.Connection, samtale: Samtale, said: Told, *, by: str, now: datetime
) -> None:
    """Store a new edition of what is told."""
    number = samtale.version + 1
    _put(connection, samtale.id, number, said, by, now)
    mine = boernesamtaler.c.id == samtale.id
    connection.execute(sa.update(boernesamtaler).where(mine).values(version=number))


def by_id(connection: sa.Connection, samtale: UUID) -> Samtale | None:
    """Return a talk, or None."""
    row = connection.execute(_query().where(boernesamtaler.c.id == samtale)).one_or_none()
    return None if row is None else _samtale(row)


def of_sag(connection: sa.Connection, sag: UUID) -> Sequence[Samtale]:
    """Return the talks of a case, the newest first. What is locked is in none of them."""
    rows = connection.execute(
        _query()
        .where(boernesamtaler.c.sag_id == sag)
        .order_by(boernesamtale_udgaver.c.occurred_at.desc(), boernesamtaler.c.id)
    )
    return [_samtale(row) for row in rows]


def only_told(connection: sa.Connection, sag: UUID) -> Sequence[datetime]:
    """Return when talks were held that are told and not written, the newest first.

    The 24-hour assessment says that one was held (§ 137, stk. 3), and not what was said.
    """
    rows = connection.execute(
        sa.select(haendelser.c.occurred_at, haendelser.c.data)
        .where(
            haendelser.c.sag_id == sag,
            haendelser.c.type == Haendelse.BOERNESAMTALE_HOLDT,
            ~rettelser.is_taken_back(),
        )
        .order_by(haendelser.c.occurred_at.desc())
    ).all()
    said = [(row.occurred_at, "samtale" in json.loads(row.data)) for row in rows]
    written = {at for at, is_written in said if is_written}
    return [at for at, is_written in said if not is_written and at not in written]


def editions(connection: sa.Connection, samtale: UUID) -> Sequence[Edition]:
    """Return every edition, the newest first."""
    u = boernesamtale_udgaver.c
    rows = connection.execute(
        sa.select(boernesamtale_udgaver, employees.c.name.label("writer"))
        .outerjoin(employees, employees.c.key == u.written_by)
        .where(u.samtale_id == samtale)
        .order_by(u.number.desc())
    )
    return [
        Edition(row.number, row.written_at, row.writer or row.written_by, _told(row))
        for row in rows
    ]


def lock(connection: sa.Connection, samtale: UUID, text: str, *, by: str, now: datetime) -> None:
    """Store the locked part as a new edition. Who wrote it first stays its author.

    Emptied it is still its author's: what stood there is kept, and opens for the same people.
    """
    standing = locked(connection, samtale)
    if (standing.text if standing else "") == text:
        return
    edition = boernesamtale_laaste.c
    last = connection.scalar(
        sa.select(sa.func.max(edition.number)).where(edition.samtale_id == samtale)
    )
    connection.execute(
        sa.insert(boernesamtale_laaste).values(
            samtale_id=samtale, number=(last or 0) + 1, text=text, written_at=now, written_by=by
        )
    )
    connection.execute(
        sa.update(boernesamtaler)
        .where(boernesamtaler.c.id == samtale)
        .values(
            locked=text, locked_by=sa.func.coalesce(boernesamtaler.c.locked_by, by), locked_at=now
        )
    )


def locked_before(connection: sa.Connection, samtale: UUID) -> Sequence[Locked]:
    """Return what stood in the locked part before, the newest first. Who may is for the caller."""
    edition = boernesamtale_laaste.c
    rows = connection.execute(
        sa.select(edition.text, edition.written_by, edition.written_at)
        .where(edition.samtale_id == samtale)
        .order_by(edition.number.desc())
        .offset(1)
    )
    return [Locked(row.text, row.written_by, row.written_at) for row in rows if row.text]


def locked(connection: sa.Connection, samtale: UUID) -> Locked | None:
    """Return the locked part, or None where nothing is written. Who may is for the caller."""
    found = boernesamtaler.c
    row = connection.execute(
        sa.select(found.locked, found.locked_by, found.locked_at).where(found.id == samtale)
    ).one_or_none()
    if row is None or row.locked is None:
        return None
    return Locked(row.locked, row.locked_by, row.locked_at)


def named(connection: sa.Connection, samtale: UUID) -> Sequence[str]:
    """Return the keys of the colleagues it is shared with."""
    found = boernesamtale_adgange.c
    rows = connection.scalars(
        sa.select(found.employee).where(found.samtale_id == samtale).order_by(found.employee)
    )
    return list(rows)


def share(
    connection: sa.Connection,
    samtale: UUID,
    colleagues: Collection[str],
    *,
    by: str,
    now: datetime,
) -> None:
    """Share the locked part with these colleagues and no others."""
    found = boernesamtale_adgange.c
    connection.execute(sa.delete(boernesamtale_adgange).where(found.samtale_id == samtale))
    rows = [
        {"samtale_id": samtale, "employee": one, "given_at": now, "given_by": by}
        for one in sorted(set(colleagues))
    ]
    if rows:
        connection.execute(sa.insert(boernesamtale_adgange), rows)


def _put(
    connection: sa.Connection, samtale: UUID, number: int, said: Told, by: str, now: datetime
) -> None:
    connection.execute(
        sa.insert(boernesamtale_udgaver).values(
            samtale_id=samtale, number=number, occurred_at=said.occurred_at, form=said.form,
            place=said.place[:200], first_time=said.first_time,
            advisers=",".join(said.advisers)[:300], one_adviser_reason=said.one_adviser_reason,
            others=said.others[:500], safe_adult=said.safe_adult[:200],
            interpreter=said.interpreter[:200], topics=said.topics, own_words=said.own_words,
            wishes=said.wishes, told=said.told, agreed=said.agreed,
            read_through=said.read_through, document_key=said.document_key[:128],
            document_title=said.document_title[:200], omitted=said.omitted,
            omitted_reason=said.omitted_reason, instead=said.instead,
            written_at=now, written_by=by,
        )
    )  # fmt: skip


def _query() -> sa.Select[*tuple[Any, ...]]:
    b, u = boernesamtaler.c, boernesamtale_udgaver.c
    # The locked text is not read here: only that there is one.
    return sa.select(
        b.id, b.sag_id, b.state, b.version, b.locked_by, b.created_at, b.created_by,
        b.locked.is_not(None).label("has_locked"), *boernesamtale_udgaver.c,
    ).join(
        boernesamtale_udgaver, sa.and_(u.samtale_id == b.id, u.number == b.version)
    )  # fmt: skip


def _samtale(row: sa.Row[Any]) -> Samtale:
    return Samtale(
        id=row.id,
        sag=row.sag_id,
        state=SamtaleState(row.state),
        version=row.version,
        has_locked=bool(row.has_locked),
        locked_by=row.locked_by,
        created_at=row.created_at,
        created_by=row.created_by,
        written_at=row.written_at,
        written_by=row.written_by,
        said=_told(row),
    )


def _told(row: sa.Row[Any]) -> Told:
    return Told(
        occurred_at=row.occurred_at,
        form=Samtaleform(row.form) if row.form else None,
        place=row.place or "",
        first_time=row.first_time,
        advisers=tuple(filter(None, row.advisers.split(","))),
        one_adviser_reason=row.one_adviser_reason or "",
        others=row.others or "",
        safe_adult=row.safe_adult or "",
        interpreter=row.interpreter or "",
        topics=row.topics or "",
        own_words=row.own_words or "",
        wishes=row.wishes or "",
        told=row.told or "",
        agreed=row.agreed or "",
        read_through=row.read_through,
        document_key=row.document_key or "",
        document_title=row.document_title or "",
        omitted=Undladt(row.omitted) if row.omitted else None,
        omitted_reason=row.omitted_reason or "",
        instead=row.instead or "",
    )
