"""The morning mail: who gets it, who has said no, and whose came back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Role
from dubu_plugin.store.tables import employees, morgenmail, outbox
from dubu_plugin.store.transaction import Work

FOR: Final = frozenset({Role.CASEWORKER, Role.TEAM_LEADER})
"""Those who have deadlines, and those who follow them."""

KIND: Final = "send_digest"
"""The kind of outbox row that sends one."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who could get the morning mail."""

    employee: str
    name: str = field(repr=False)
    email: str | None = field(repr=False)
    unit: str | None
    off: bool
    """They have said no."""
    returned: bool
    """What was sent to this address came back."""

    @property
    def gets_mail(self) -> bool:
        """Whether it is sent to them."""
        return bool(self.email and self.unit) and not self.off and not self.returned


def readers(connection: sa.Connection) -> Sequence[Reader]:
    """Return everybody whose work it is for, by name."""
    rows = connection.execute(
        _query().where(employees.c.active).order_by(employees.c.name, employees.c.key)
    )
    return [_reader(row) for row in rows if _is_for(row.roles)]


def reader(connection: sa.Connection, employee: str) -> Reader | None:
    """Return one, or None where the mail is not for them."""
    row = connection.execute(
        _query().where(employees.c.active, employees.c.key == employee)
    ).one_or_none()
    return _reader(row) if row is not None and _is_for(row.roles) else None


def choose(work: Work, employee: str, *, wanted: bool) -> None:
    """Keep whether somebody wants it. To want it again also tries a returned address again."""
    values = {"off_at": None if wanted else work.now}
    _keep(work, employee, {**values, **({"returned_at": None} if wanted else {})})


def came_back(work: Work, employee: str, address: str) -> None:
    """Remember that an address does not take it. Nothing more is sent there."""
    _keep(work, employee, {"returned_at": work.now, "returned_from": address[:200]})


def sent_by(connection: sa.Connection, key: UUID) -> str | None:
    """Return whose morning mail a row of the outbox sent; None where it sent no such mail."""
    asked = sa.select(outbox.c.payload).where(outbox.c.key == key, outbox.c.kind == KIND)
    payload = connection.scalar(asked)
    return None if payload is None else str(json.loads(payload)["employee"])


def _keep(work: Work, employee: str, values: dict[str, object]) -> None:
    m = morgenmail
    changed = work.connection.execute(
        sa.update(m).where(m.c.employee == employee).values(**values)
    ).rowcount
    if not changed:
        work.connection.execute(sa.insert(m).values(employee=employee, **values))


def _query() -> sa.Select[*tuple[object, ...]]:
    e, m = employees, morgenmail
    return sa.select(
        e.c.key, e.c.name, e.c.email, e.c.unit, e.c.roles,
        m.c.off_at, m.c.returned_at, m.c.returned_from,
    ).select_from(e.outerjoin(m, m.c.employee == e.c.key))  # fmt: skip


def _is_for(roles: str) -> bool:
    return not FOR.isdisjoint(roles.split(","))


def _reader(row: sa.Row[*tuple[object, ...]]) -> Reader:
    one = row._mapping
    returned = one["returned_at"] is not None and one["returned_from"] == one["email"]
    return Reader(
        one["key"], one["name"], one["email"], one["unit"], one["off_at"] is not None, returned
    )
