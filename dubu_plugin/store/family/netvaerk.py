"""The network of a child: those somebody has written of, and the family the address book knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.folding import name_key
from dubu_plugin.domain.netvaerk import Hjaelp, Kreds, Myndighed, Part, Rolle, as_family
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family.kinship import kin
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.tables import netvaerk, netvaerk_udgaver, personer, ties

ROLE_ORDER: Final = {role: number for number, role in enumerate(Rolle)}
_COLUMNS: Final = (
    "role", "called", "circle", "ring", "custody", "lives_here", "samvaer", "apart", "steps_in",
    "steps_in_with", "steps_in_on", "ended_on", "end_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody as the address book last told of them, or as somebody typed them."""

    id: UUID
    name: str = field(repr=False)
    host_key: str | None
    """None where the address book does not have them."""
    born: date | None
    address: str | None = field(repr=False)
    protected_address: bool
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)
    seen_at: datetime

    @property
    def known(self) -> Known:
        """The same person as the other tables know them; the number is left out."""
        return Known(
            self.id, self.name, self.host_key, None, self.born, address=self.address,
            protected_address=self.protected_address,
        )  # fmt: skip

    @property
    def in_book(self) -> bool:
        """Whether the address book has them."""
        return self.host_key is not None


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a child's network."""

    id: UUID | None
    """None where only the address book says so, and nobody has written of them."""
    child: UUID
    who: Contact
    part: Part
    version: int
    """0 where nobody has written of them."""
    turn: int
    written_at: datetime | None
    written_by: str | None

    @property
    def key(self) -> UUID:
        """What the line is called in an address."""
        return self.id or self.who.id


def of_child(connection: sa.Connection, child: UUID) -> Sequence[Line]:
    """Return everybody in a child's network, also those who have left it; parents first."""
    return _lines(connection, child)


def who_have(connection: sa.Connection, child: UUID) -> Sequence[Line]:
    """Return those a child is told to be the child of, where it is their family that is known.

    Which of them is the mother is not said there: each stands as a parent.
    """
    its = ties.c
    rows = connection.execute(
        sa.select(personer)
        .join(ties, sa.and_(its.person_id == personer.c.id, its.other_id == child))
        .where(its.tie == Tie.CHILD)
        .order_by(personer.c.name, personer.c.id)
    )
    parent = as_family(Tie.MOTHER)
    return [Line(None, child, _contact(row), parent, 0, 0, None, None) for row in rows]


def parts(connection: sa.Connection, child: UUID, today: date) -> Mapping[UUID, Part]:
    """Return what each of those who are in the network today is to the child."""
    return {one.who.id: one.part for one in present(of_child(connection, child), today)}


def present(lines: Sequence[Line], today: date) -> Sequence[Line]:
    """Return those who are there today, each person once."""
    found: dict[UUID, Line] = {}
    for one in lines:
        if one.part.is_over(today):
            continue
        known = found.get(one.who.id)
        if known is None or known.turn < one.turn:
            found[one.who.id] = one
    return list(found.values())


def one(connection: sa.Connection, child: UUID, key: UUID) -> Line | None:
    """Return a line by what it is called in an address, or None.

    A person nobody had written of when the page was drawn is found by their own key still.
    """
    lines = _lines(connection, child)
    mine = [one for one in lines if one.id == key]
    return next(iter(mine), None) or next((one for one in lines[::-1] if one.who.id == key), None)


def number_of(child: sa.ColumnElement[UUID], today: sa.ColumnElement[date]) -> sa.ScalarSelect[int]:
    """Return how many are around a child today, for a larger query."""
    family = kin(child)
    written = sa.select(netvaerk.c.other_id).where(netvaerk.c.child_id == child)
    told = sa.select(family.c.other_id).where(family.c.other_id.not_in(written))
    everybody = sa.union(_there(child, today), told).subquery()
    return sa.select(sa.func.count()).select_from(everybody).scalar_subquery()


def number_who_step_in(
    child: sa.ColumnElement[UUID], today: sa.ColumnElement[date]
) -> sa.ScalarSelect[int]:
    """Return how many of them have said that they can step in, for a larger query."""
    can = _there(child, today).where(netvaerk_udgaver.c.steps_in == Hjaelp.JA).subquery()
    return sa.select(sa.func.count()).select_from(can).scalar_subquery()


def _there(child: sa.ColumnElement[UUID], today: sa.ColumnElement[date]) -> sa.Select[tuple[UUID]]:
    e = netvaerk_udgaver.c
    stays = sa.or_(e.ended_on.is_(None), e.ended_on > today)
    return (
        sa.select(netvaerk.c.other_id)
        .join_from(netvaerk, netvaerk_udgaver, _newest())
        .where(netvaerk.c.child_id == child, stays)
    )


def begin(
    connection: sa.Connection, child: UUID, who: UUID, part: Part, *, by: str, now: datetime
) -> UUID:
    """Store that somebody is in a child's network, and return the line's key."""
    new = uuid4()
    turns = sa.select(sa.func.max(netvaerk.c.turn)).where(
        netvaerk.c.child_id == child, netvaerk.c.other_id == who
    )
    turn = (connection.scalar(turns) or 0) + 1
    connection.execute(
        sa.insert(netvaerk).values(
            id=new, child_id=child, other_id=who, turn=turn, version=1, created_at=now,
            created_by=by,
        )
    )  # fmt: skip
    _edition(connection, new, 1, part, by=by, now=now)
    return new


def change(connection: sa.Connection, line: Line, part: Part, *, by: str, now: datetime) -> UUID:
    """Store what somebody is now; what stood before stays. Returns the line's key."""
    if line.id is None:
        return begin(connection, line.child, line.who.id, part, by=by, now=now)
    version = line.version + 1
    connection.execute(sa.update(netvaerk).where(netvaerk.c.id == line.id).values(version=version))
    _edition(connection, line.id, version, part, by=by, now=now)
    return line.id


def say_who(
    connection: sa.Connection, person: UUID, *, name: str, phone: str, email: str, now: datetime
) -> None:
    """Store what somebody the address book does not have is called, and where they are reached."""
    typed = sa.and_(personer.c.id == person, personer.c.host_key.is_(None))
    connection.execute(
        sa.update(personer)
        .where(typed)
        .values(
            name=name[:200],
            name_key=name_key(name),
            phone=phone[:40] or None,
            email=email[:200] or None,
            seen_at=now,
        )
    )


def editions(connection: sa.Connection, line: UUID) -> Sequence[tuple[Part, datetime, str]]:
    """Return what stood in a line over time, the newest first: what, when and by whom."""
    rows = connection.execute(
        sa.select(netvaerk_udgaver)
        .where(netvaerk_udgaver.c.netvaerk_id == line)
        .order_by(netvaerk_udgaver.c.number.desc())
    )
    return [(_part(row), row.written_at, row.written_by) for row in rows]


def _lines(connection: sa.Connection, child: UUID) -> list[Line]:
    found: dict[tuple[UUID, int], Line] = {}
    for row in connection.execute(_of_child(), {"child": child}):
        line = _line(row, child)
        found.setdefault((line.who.id, line.turn), line)
    return sorted(found.values(), key=lambda line: ROLE_ORDER[line.part.role])


@cache
def _of_child() -> sa.Select[Any]:
    """Put together once: letters and most pages of a case ask it."""
    child = sa.bindparam("child", type_=sa.Uuid())
    family = kin(child)
    mine = (
        sa.select(
            netvaerk.c.id.label("line"),
            netvaerk.c.other_id,
            netvaerk.c.version,
            netvaerk.c.turn,
            *(netvaerk_udgaver.c[name] for name in _COLUMNS),
            netvaerk_udgaver.c.written_at,
            netvaerk_udgaver.c.written_by,
        )
        .select_from(netvaerk.join(netvaerk_udgaver, _newest()))
        .where(netvaerk.c.child_id == child)
        .subquery()
    )
    everybody = sa.union(
        sa.select(family.c.other_id), sa.select(netvaerk.c.other_id).where(
            netvaerk.c.child_id == child)
    ).subquery()  # fmt: skip
    return (
        sa.select(personer, mine, family.c.tie)
        .select_from(
            everybody.join(personer, personer.c.id == everybody.c.other_id)
            .outerjoin(mine, mine.c.other_id == personer.c.id)
            .outerjoin(family, family.c.other_id == personer.c.id)
        )
        .order_by(personer.c.name, personer.c.id, mine.c.turn)
    )


def _contact(row: sa.Row[Any]) -> Contact:
    return Contact(
        row.id, row.name, row.host_key, row.born, row.address, row.protected_address, row.phone,
        row.email, row.seen_at,
    )  # fmt: skip


def _line(row: sa.Row[Any], child: UUID) -> Line:
    who = _contact(row)
    if row.line is None:
        return Line(None, child, who, as_family(row.tie), 0, 0, None, None)
    return Line(
        row.line, child, who, _part(row), row.version, row.turn, row.written_at, row.written_by
    )


def _newest() -> sa.ColumnElement[bool]:
    return sa.and_(
        netvaerk_udgaver.c.netvaerk_id == netvaerk.c.id,
        netvaerk_udgaver.c.number == netvaerk.c.version,
    )


def _edition(
    connection: sa.Connection, line: UUID, number: int, part: Part, *, by: str, now: datetime
) -> None:
    values = {name: getattr(part, name) for name in _COLUMNS}
    connection.execute(
        sa.insert(netvaerk_udgaver).values(
            netvaerk_id=line, number=number, written_at=now, written_by=by, **values
        )
    )


def _part(row: sa.Row[Any]) -> Part:
    return Part(
        role=Rolle(row.role), called=row.called, circle=Kreds(row.circle), ring=row.ring,
        custody=Myndighed(row.custody), lives_here=row.lives_here, samvaer=row.samvaer,
        apart=row.apart, steps_in=Hjaelp(row.steps_in), steps_in_with=row.steps_in_with,
        steps_in_on=row.steps_in_on, ended_on=row.ended_on, end_reason=row.end_reason,
    )  # fmt: skip
