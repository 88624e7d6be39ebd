"""Cases: which one a child has, who has had a part in it, and the opening of a new one."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.store.tables import haendelser, sager, sagsdeltagere
from dubu_plugin.store.transaction import SYSTEM

ACTIVE: Final = "active"
CLOSED: Final = "closed"
"""The phases of `dubu_plugin.ports.journal.Phase`, as the column holds them."""

LONGEST_TITLE: Final = 200
"""In characters. A host may keep longer ones; ours is then the beginning of it."""

VULNERABLE: Final = "udsatte_boern"
DISABILITY: Final = "boernehandicap"
"""The areas a case can be in."""

RECEIVED: Final = "modtaget"
APPLIED: Final = "ansoegt"
"""The first step of a case: an underretning on the child came, or only an application."""

EARLY_STEPS: Final = frozenset({RECEIVED, APPLIED, "vurderet", "screening"})
"""Steps an assessment may move a case from. A case that is further on stays where it is."""


@dataclass(frozen=True, slots=True)
class Sag:
    """A case."""

    id: UUID
    title: str = field(repr=False)
    child_id: UUID
    area: str
    step: str
    phase: str
    host_key: str | None = None
    number: str | None = None
    responsible: str | None = None
    unit: str | None = None
    protected: bool = False
    has_indsats: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether nobody works on it."""
        return self.phase == CLOSED


def by_id(connection: sa.Connection, sag: UUID) -> Sag | None:
    """Return a case, or None."""
    row = connection.execute(sa.select(sager).where(sager.c.id == sag)).one_or_none()
    return None if row is None else _sag(row)


def of_child(connection: sa.Connection, child: UUID, area: str = VULNERABLE) -> Sag | None:
    """Return the case something in this area belongs on, or None where a new one is opened.

    A running case comes before a closed one, and the newest before older ones. What concerns a
    vulnerable child joins whatever case the child has; an application about a disability has a
    case of its own, because others work on it.
    """
    query = sa.select(sager).where(sager.c.child_id == child)
    if area == DISABILITY:
        query = query.where(sager.c.area == DISABILITY)
    rows = connection.execute(query.order_by(sager.c.opened_at.desc())).all()
    order = sorted(rows, key=lambda row: (row.phase == CLOSED, row.area != area))
    return _sag(order[0]) if order else None


def here_since(connection: sa.Connection, sag: UUID) -> datetime | None:
    """Return when a case was opened here, or None where there is no such case."""
    found: datetime | None = connection.scalar(
        sa.select(sager.c.opened_at).where(sager.c.id == sag)
    )
    return found


def numbers(connection: sa.Connection, cases: Sequence[UUID]) -> dict[UUID, str]:
    """Return the host's numbers of those of the cases that have one."""
    has_one = sager.c.id.in_(cases) & sager.c.number.is_not(None)
    rows = connection.execute(sa.select(sager.c.id, sager.c.number).where(has_one))
    return {row.id: row.number for row in rows}


def has_host_key(connection: sa.Connection, host_key: str) -> bool:
    """Tell whether a case of the host's is one of ours."""
    return connection.scalar(sa.select(sager.c.id).where(sager.c.host_key == host_key)) is not None


def by_host_key(connection: sa.Connection, host_key: str) -> Sag | None:
    """Return our case of a case of the host's, or None where it is none of ours."""
    row = connection.execute(sa.select(sager).where(sager.c.host_key == host_key)).one_or_none()
    return None if row is None else _sag(row)


def running_in_host(connection: sa.Connection) -> Sequence[Sag]:
    """Return every case that is open here and that the host has."""
    return [
        _sag(row)
        for row in connection.execute(
            sa.select(sager).where(sager.c.phase != CLOSED, sager.c.host_key.is_not(None))
        )
    ]


def closed_since(connection: sa.Connection, since: datetime) -> Sequence[Sag]:
    """Return every case that was closed here after a moment and that the host has."""
    return [
        _sag(row)
        for row in connection.execute(
            sa.select(sager).where(
                sager.c.phase == CLOSED,
                sager.c.closed_at >= since,
                sager.c.host_key.is_not(None),
            )
        )
    ]


def running_of(connection: sa.Connection, child: UUID) -> Sequence[Sag]:
    """Return a child's open cases, the oldest first."""
    return [
        _sag(row)
        for row in connection.execute(
            sa.select(sager)
            .where(sager.c.child_id == child, sager.c.phase != CLOSED)
            .order_by(sager.c.opened_at)
        )
    ]


def ever_of(connection: sa.Connection, child: UUID) -> Sequence[UUID]:
    """Return a child's cases, the closed ones too."""
    return connection.scalars(sa.select(sager.c.id).where(sager.c.child_id == child)).all()


def open_new(
    connection: sa.Connection,
    child: UUID,
    *,
    title: str,
    area: str,
    unit: str | None,
    protected: bool,
    now: datetime,
) -> Sag:
    """Open a case here. The host is told through the outbox."""
    new = Sag(
        uuid4(),
        title[:LONGEST_TITLE],
        child,
        area,
        RECEIVED,
        ACTIVE,
        unit=unit,
        protected=protected,
    )
    connection.execute(
        sa.insert(sager).values(
            id=new.id, title=new.title, child_id=child, area=area, step=new.step, phase=new.phase,
            unit=unit, protected=protected, has_indsats=False, opened_at=now, version=1,
        )
    )  # fmt: skip
    return new


def change(connection: sa.Connection, sag: UUID, **values: Any) -> None:
    """Set the named columns of a case, and count its version up."""
    connection.execute(
        sa.update(sager).where(sager.c.id == sag).values(version=sager.c.version + 1, **values)
    )


def take_part(
    connection: sa.Connection, sag: UUID, employee: str, *, now: datetime, active: bool = True
) -> None:
    """Remember that somebody has had a part in a case. Whoever works on it already still does."""
    mine = sa.and_(sagsdeltagere.c.sag_id == sag, sagsdeltagere.c.employee == employee)
    known = connection.execute(sa.select(sagsdeltagere.c.active).where(mine)).one_or_none()
    if known is None:
        connection.execute(
            sa.insert(sagsdeltagere).values(
                sag_id=sag, employee=employee, first_at=now, active=active
            )
        )
    elif active and not known.active:
        connection.execute(sa.update(sagsdeltagere).where(mine).values(active=True))


def handled_by(connection: sa.Connection, sag: UUID, *, but: UUID | None = None) -> Set[str]:
    """Return everybody who has handled a case (barnets lov § 137, stk. 1).

    :param but: an underretning whose own assessment does not count as having handled the case.
    """
    took_part = sa.select(sagsdeltagere.c.employee).where(sagsdeltagere.c.sag_id == sag)
    acted = sa.select(haendelser.c.actor).where(haendelser.c.sag_id == sag)
    if but is not None:
        acted = acted.where(haendelser.c.underretning_id.is_distinct_from(but))
    responsible = sa.select(sager.c.responsible).where(sager.c.id == sag)
    found: set[str] = set()
    for query in (took_part, acted, responsible):
        found.update(key for key in connection.scalars(query) if key)
    return found - {SYSTEM}


def _sag(row: sa.Row[Any]) -> Sag:
    return Sag(
        row.id, row.title, row.child_id, row.area, row.step, row.phase, row.host_key, row.number,
        row.responsible, row.unit, row.protected, row.has_indsats,
    )  # fmt: skip
