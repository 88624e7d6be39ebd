"""The numbered sources of a skrift: what a text refers to as #3."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.danish import long_date
from dubu_plugin.store.tables import kilder


class KildeKind(StrEnum):
    """What a source is. The value is stored."""

    UNDERRETNING = "underretning"
    UDTALELSE = "udtalelse"
    BOERNESAMTALE = "boernesamtale"
    MOEDE = "moede"
    DOKUMENT = "dokument"
    ANDET = "andet"


@dataclass(frozen=True, slots=True)
class Kilde:
    """A source."""

    id: UUID
    number: int
    kind: KildeKind
    title: str = field(repr=False)
    day: date | None
    subject: UUID | None
    document_key: str | None
    added_by: str

    @property
    def day_beside(self) -> date | None:
        """Its day, where the title does not say it already."""
        return None if self.day is not None and long_date(self.day) in self.title else self.day


def add(
    connection: sa.Connection,
    skrift: UUID,
    kind: KildeKind,
    title: str,
    *,
    by: str,
    now: datetime,
    day: date | None = None,
    subject: UUID | None = None,
    document_key: str | None = None,
) -> int:
    """Store a source and return its number. The same subject or document keeps the one it has."""
    found = kilder.c
    same = (
        found.subject_id == subject
        if subject is not None
        else found.document_key == document_key
        if document_key is not None
        else sa.false()
    )
    known = connection.execute(
        sa.select(found.id, found.number).where(found.skrift_id == skrift, same)
    ).first()
    if known is not None:
        again = sa.update(kilder).where(found.id == known.id)
        connection.execute(again.values(removed_at=None, title=title, day=day))
        return int(known.number)
    last = connection.scalar(sa.select(sa.func.max(found.number)).where(found.skrift_id == skrift))
    number = (last or 0) + 1
    connection.execute(
        sa.insert(kilder).values(
            id=uuid4(), skrift_id=skrift, number=number, kind=kind, title=title[:200], day=day,
            subject_id=subject, document_key=document_key, added_at=now, added_by=by,
        )
    )  # fmt: skip
    return number


def of_skrift(connection: sa.Connection, skrift: UUID) -> Sequence[Kilde]:
    """Return the sources that are not struck out, in the order of their numbers."""
    found = kilder.c
    rows = connection.execute(
        sa.select(kilder)
        .where(found.skrift_id == skrift, found.removed_at.is_(None))
        .order_by(found.number)
    )
    return [
        Kilde(
            row.id, row.number, KildeKind(row.kind), row.title, row.day, row.subject_id,
            row.document_key, row.added_by,
        )
        for row in rows
    ]  # fmt: skip


def strike_out(connection: sa.Connection, skrift: UUID, number: int, *, now: datetime) -> None:
    """Strike a source out. Its number is not used again, so a text that cites it stays true."""
    mine = sa.and_(kilder.c.skrift_id == skrift, kilder.c.number == number)
    connection.execute(sa.update(kilder).where(mine).values(removed_at=now))


def carry(connection: sa.Connection, source: UUID, into: UUID, *, by: str, now: datetime) -> None:
    """Give another skrift the same sources under the same numbers, as its texts cite them.

    A number that is struck out is so there too: nothing else gets it. One it has already stays.
    """
    found = kilder.c
    taken = set(connection.scalars(sa.select(found.number).where(found.skrift_id == into)))
    rows = [
        {
            "id": uuid4(), "skrift_id": into, "number": one.number, "kind": one.kind,
            "title": one.title, "day": one.day, "subject_id": one.subject_id,
            "document_key": one.document_key, "added_at": now, "added_by": by,
            "removed_at": one.removed_at,
        }
        for one in connection.execute(sa.select(kilder).where(found.skrift_id == source))
        if one.number not in taken
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(kilder), rows)
