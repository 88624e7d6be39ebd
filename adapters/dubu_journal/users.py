"""Those who work here, their units, and what they may."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from dubu_journal import tables as t
from dubu_journal.rows import columns, every, first, only


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the organisation."""

    key: str
    title: str
    parent: str | None = None
    phone: str | None = None
    acute_phone: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works here."""

    key: str
    login: str
    name: str
    unit: str | None = None
    title: str | None = None
    phone: str | None = None
    contact_id: int | None = None
    """Their own entry in the address book."""
    active: bool = True
    email: str | None = field(default=None, repr=False)
    roles: frozenset[str] = field(default=frozenset())


def add_unit(connection: sa.Connection, unit: Unit) -> None:
    """Add a unit; the one above it must be there."""
    last = sa.select(sa.func.coalesce(sa.func.max(t.units.c.number), 0) + 1).scalar_subquery()
    connection.execute(
        t.units.insert().values(
            key=unit.key,
            number=last,
            title=unit.title,
            parent=unit.parent,
            phone=unit.phone,
            acute_phone=unit.acute_phone,
        )
    )


def add_user(connection: sa.Connection, user: User) -> None:
    """Add a user with their roles."""
    connection.execute(
        t.users.insert().values(
            key=user.key,
            login=user.login.casefold(),
            name=user.name,
            unit=user.unit,
            title=user.title,
            phone=user.phone,
            contact_id=user.contact_id,
            active=user.active,
            email=user.email,
        )
    )
    give_roles(connection, user.key, user.roles)


def give_roles(connection: sa.Connection, user: str, roles: frozenset[str]) -> None:
    """Give a user exactly these roles. A role is a word that plugins understand."""
    connection.execute(t.user_roles.delete().where(t.user_roles.c.user == user))
    if roles:
        given = [{"user": user, "role": role} for role in sorted(roles)]
        connection.execute(t.user_roles.insert(), given)


def set_active(connection: sa.Connection, user: str, active: bool) -> None:
    """Let somebody in, or let them go; what they did stays theirs."""
    connection.execute(t.users.update().where(t.users.c.key == user).values(active=active))


def lead(connection: sa.Connection, user: str, unit: str) -> None:
    """Make somebody leader of a unit and of all below it."""
    row = {"user": user, "unit": unit}
    connection.execute(t.unit_leaders.insert().prefix_with("OR IGNORE").values(row))


def join(connection: sa.Connection, user: str, unit: str) -> None:
    """Make somebody a member of a unit besides their own."""
    row = {"user": user, "unit": unit}
    connection.execute(t.unit_members.insert().prefix_with("OR IGNORE").values(row))


def user(connection: sa.Connection, key: str) -> User | None:
    """Return a user, or None."""
    return only(connection, _by_key(), _read, key=key)


def by_login(connection: sa.Connection, login: str) -> User | None:
    """Return the user with this login in upper or lower case, or None."""
    return first(connection, _users().where(t.users.c.login == login.casefold()), _read)


def by_session(connection: sa.Connection, token_hash: str, now: datetime) -> User | None:
    """Return whose session this is, or None where there is none, or it has run out."""
    return only(connection, _of_session(), _read, token_hash=token_hash, now=now)


def every_user(connection: sa.Connection) -> list[User]:
    """Return all users by name, also those who have left."""
    return every(connection, _users().order_by(t.users.c.name), _read)


def unit(connection: sa.Connection, key: str) -> Unit | None:
    """Return a unit, or None."""
    return first(connection, _units().where(t.units.c.key == key), Unit)


def every_unit(connection: sa.Connection) -> list[Unit]:
    """Return all units by title."""
    return every(connection, _units().order_by(t.units.c.title), Unit)


def path_up(connection: sa.Connection, unit: str) -> list[tuple[str, int]]:
    """Return the key and number of a unit and of all above it, itself first."""
    row = [t.units.c.key, t.units.c.number, t.units.c.parent]
    climb = sa.select(*row).where(t.units.c.key == unit).cte("climb", recursive=True)
    # A union adds no row it has, so a ring of units ends.
    climb = climb.union(sa.select(*row).join(climb, t.units.c.key == climb.c.parent))
    found = connection.execute(sa.select(climb.c.key, climb.c.number))
    return [(key, number) for key, number in found]


def below(connection: sa.Connection, units: frozenset[str]) -> frozenset[str]:
    """Return these units and all below them."""
    start = sa.select(t.units.c.key).where(t.units.c.key.in_(units))
    fall = start.cte("fall", recursive=True)
    fall = fall.union(sa.select(t.units.c.key).join(fall, t.units.c.parent == fall.c.key))
    return frozenset(connection.execute(sa.select(fall.c.key)).scalars())


def _units() -> sa.Select[Any]:
    return sa.select(*columns(Unit, t.units))


@cache
def _by_key() -> sa.Select[Any]:
    """Put together once: every page asks it."""
    return _users().where(t.users.c.key == sa.bindparam("key"))


@cache
def _of_session() -> sa.Select[Any]:
    """Put together once: every page asks it."""
    session = t.sessions.c
    return (
        _users()
        .join(t.sessions, session.user == t.users.c.key)
        .where(
            session.token_hash == sa.bindparam("token_hash"),
            session.expires >= sa.bindparam("now", type_=t.Moment),
        )
    )


@cache
def _users() -> sa.Select[Any]:
    roles = (
        sa.select(sa.func.group_concat(t.user_roles.c.role, "\n"))
        .where(t.user_roles.c.user == t.users.c.key)
        .scalar_subquery()
    )
    return sa.select(*columns(User, t.users, made={"roles": roles}))


def _read(*values: Any) -> User:
    *plain, roles = values
    row = [*plain, frozenset(roles.split("\n") if roles else ())]
    return User(*row)
