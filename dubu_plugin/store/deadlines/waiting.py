"""What deadlines wait for: who was asked, when an answer was promised, and when it came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.frister.forecast import Awaited, Wait
from dubu_plugin.store.tables import ventegrunde


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something a deadline waits for, or waited for."""

    id: UUID
    frist: UUID
    what: Awaited
    asked_of: str | None = field(repr=False)
    asked_at: datetime
    expected: date | None
    ended_at: datetime | None
    by: str

    @property
    def wait(self) -> Wait:
        """It as a forecast sees it."""
        return Wait(self.what, self.asked_at, self.expected)


def add(
    connection: sa.Connection,
    frist: UUID,
    what: Awaited,
    *,
    asked_of: str | None,
    asked_at: datetime,
    expected: date | None,
    by: str,
) -> UUID:
    """Remember that a deadline waits for something, and return its key."""
    new = uuid4()
    values = {"asked_of": asked_of, "asked_at": asked_at, "expected_at": expected, "by": by}
    connection.execute(sa.insert(ventegrunde).values(id=new, frist_id=frist, what=what, **values))
    return new


def end(connection: sa.Connection, wait: UUID, at: datetime) -> None:
    """Remember that it waits no longer."""
    connection.execute(
        sa.update(ventegrunde)
        .where(ventegrunde.c.id == wait, ventegrunde.c.ended_at.is_(None))
        .values(ended_at=at)
    )


def by_id(connection: sa.Connection, wait: UUID) -> Waiting | None:
    """Return what is waited for, or None."""
    row = connection.execute(sa.select(ventegrunde).where(ventegrunde.c.id == wait)).one_or_none()
    return None if row is None else _waiting(row)


def of_deadlines(
    connection: sa.Connection, which: Iterable[UUID]
) -> Mapping[UUID, Sequence[Waiting]]:
    """Return what each of some deadlines waits for still, the longest waited for first."""
    found: dict[UUID, list[Waiting]] = {one: [] for one in which}
    if found:
        rows = connection.execute(
            sa.select(ventegrunde)
            .where(ventegrunde.c.frist_id.in_(list(found)), ventegrunde.c.ended_at.is_(None))
            .order_by(ventegrunde.c.asked_at, ventegrunde.c.id)
        )
        for row in rows:
            found[row.frist_id].append(_waiting(row))
    return found


def _waiting(row: sa.Row[*tuple[object, ...]]) -> Waiting:
    said = row._mapping
    return Waiting(
        said["id"],
        said["frist_id"],
        Awaited(said["what"]),
        said["asked_of"],
        said["asked_at"],
        said["expected_at"],
        said["ended_at"],
        said["by"],
    )
