"""Units and users from a small file, for an installation that has no staff register to copy.

```toml
[[enhed]]
key = "modtagelse"
title = "Modtagelsen"

[[bruger]]
login = "karen"
name = "Karen Testberg"
unit = "modtagelse"
roles = ["sagsbehandler"]
```
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any, Final

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dubu_journal import tables as t
from dubu_journal import users
from dubu_journal.users import Unit, User
from dubu_plugin.domain.access import Role
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import wrong_in, wrong_toml

TABLES: Final = ("enhed", "bruger")
Done = tuple[str, str]
"""Which unit or user, and what was done."""
Word = Annotated[str, Field(min_length=1)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class UnitRow(_Row):
    """A unit as the file has it."""

    key: Word
    title: Word
    parent: str | None = None
    phone: str | None = None
    acute_phone: str | None = None


class UserRow(_Row):
    """A user as the file has one. Without a `key` the login is the key."""

    login: Word
    name: Word
    key: str | None = None
    unit: str | None = None
    title: str | None = None
    phone: str | None = None
    email: str | None = None
    roles: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    """The units they lead."""
    also_in: tuple[str, ...] = ()
    """The units they are in besides their own."""
    active: bool = True

    @property
    def known_as(self) -> str:
        """Their key."""
        return self.key or self.login.casefold()


class Staff(_Row):
    """The whole file."""

    enhed: tuple[UnitRow, ...] = ()
    bruger: tuple[UserRow, ...] = ()


def read(text: str) -> Staff:
    """Return what a file says.

    :raises ConfigurationError: it cannot be used; the sentence says where.
    """
    try:
        staff = Staff(**tomllib.loads(text))
    except tomllib.TOMLDecodeError as slip:
        raise ConfigurationError(f"Filen {wrong_toml(slip)}") from None
    except ValidationError as slip:
        raise ConfigurationError(f"Filen kan ikke bruges: {wrong_in(slip)}") from None
    if not (staff.enhed or staff.bruger):
        raise ConfigurationError("Filen har hverken [[enhed]] eller [[bruger]].")
    return staff


def put(connection: sa.Connection, staff: Staff, *, dry: bool = False) -> Sequence[str]:
    """Put everything in, or put it right, and return what was changed, as Danish sentences.

    :param dry: say what would be changed. Roll back.
    :raises ConfigurationError: something points at what is not there. Roll back.
    """
    there = {unit.key: unit for unit in users.every_unit(connection)}
    known = {user.key: user for user in users.every_user(connection)}
    slips = list(_slips(staff, there, known))
    if slips:
        raise ConfigurationError(" ".join(slips))
    said: list[tuple[str, str]] = []
    for row in _parents_first(staff.enhed):
        said += _unit(connection, Unit(**row.model_dump()), there.get(row.key))
    for one in staff.bruger:
        said += _user(connection, one, known.get(one.known_as))
    was = "ville blive" if dry else "er"
    return [f"{who} {was} {done}." for who, done in said] or ["Alt var der i forvejen."]


def _slips(staff: Staff, there: dict[str, Unit], known: dict[str, User]) -> Iterator[str]:
    units = {*there, *(row.key for row in staff.enhed)}
    logins = {user.login: user.key for user in known.values()}
    seen: set[str] = set()
    roles = [role.value for role in Role]
    for unit in staff.enhed:
        if unit.parent is not None and unit.parent not in units:
            yield f"Enheden »{unit.key}«: »{unit.parent}« over den findes ikke."
        if unit.key in seen:
            yield f"Enheden »{unit.key}« står to gange."
        seen.add(unit.key)
    taken: set[str] = set()
    for row in staff.bruger:
        who = f"Brugeren »{row.login}«"
        for name in (*filter(None, [row.unit]), *row.leads, *row.also_in):
            if name not in units:
                yield f"{who}: enheden »{name}« findes ikke."
        for role in row.roles:
            if role not in roles:
                yield f"{who}: »{role}« er ingen rolle. Brug {', '.join(roles)}."
        login = row.login.casefold()
        if login in taken or logins.get(login, row.known_as) != row.known_as:
            yield f"{who}: navnet til at logge ind med er en andens."
        taken.add(login)


def _parents_first(rows: Sequence[UnitRow]) -> Sequence[UnitRow]:
    left, put_in = list(rows), []
    while left:
        keys = {row.key for row in left}
        ready = [row for row in left if row.parent not in keys]
        if not ready:
            raise ConfigurationError("Enhederne ligger i ring over hinanden.")
        put_in += ready
        left = [row for row in left if row not in ready]
    return put_in


def _unit(connection: sa.Connection, unit: Unit, before: Unit | None) -> Iterator[Done]:
    if before is None:
        users.add_unit(connection, unit)
        yield f"Enheden {unit.title}", "oprettet"
    elif before != unit:
        values = {name: value for name, value in asdict(unit).items() if name != "key"}
        connection.execute(t.units.update().where(t.units.c.key == unit.key).values(values))
        yield f"Enheden {unit.title}", "rettet"


def _user(connection: sa.Connection, row: UserRow, before: User | None) -> Iterator[Done]:
    key = row.known_as
    user = User(
        key,
        row.login.casefold(),
        row.name,
        row.unit,
        row.title,
        row.phone,
        contact_id=before.contact_id if before else None,
        active=row.active,
        email=row.email,
        roles=frozenset(row.roles),
    )
    placed = _places(connection, key)
    if before is None:
        users.add_user(connection, user)
    elif before != user:
        plain: dict[str, Any] = {
            name: value for name, value in asdict(user).items() if name not in ("key", "roles")
        }
        connection.execute(t.users.update().where(t.users.c.key == key).values(plain))
        users.give_roles(connection, key, user.roles)
    for table in (t.unit_leaders, t.unit_members):
        connection.execute(table.delete().where(table.c.user == key))
    for unit in row.leads:
        users.lead(connection, key, unit)
    for unit in row.also_in:
        users.join(connection, key, unit)
    if before is None:
        yield f"Brugeren {user.login}", "oprettet"
    elif before != user or placed != _places(connection, key):
        yield f"Brugeren {user.login}", "rettet"


def _places(connection: sa.Connection, user: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the units somebody leads, and those they are in besides their own."""
    return (
        frozenset(
            connection.scalars(
                sa.select(t.unit_leaders.c.unit).where(t.unit_leaders.c.user == user)
            )
        ),
        frozenset(
            connection.scalars(
                sa.select(t.unit_members.c.unit).where(t.unit_members.c.user == user)
            )
        ),
    )
