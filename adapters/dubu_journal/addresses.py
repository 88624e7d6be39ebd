"""The address book: who there is, found by number or by a name that may be misspelt."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from dubu_journal import names, rows
from dubu_journal import tables as t
from dubu_journal.refusals import BadValue, NotThere
from dubu_journal.rows import columns, first

KINDS = frozenset({"person", "company", "other"})


_LAST = "\uffff"
"""Sorts after everything a street may go on with."""

_WORDS = sa.table("contact_words", sa.column("rowid", sa.Integer))
_MATCHES = sa.text("contact_words MATCH :sought")
_INDEX = sa.text("INSERT INTO contact_words (rowid, name, rough) VALUES (:id, :name, :rough)")
_UNINDEX = sa.text(
    "INSERT INTO contact_words (contact_words, rowid, name, rough) "
    "VALUES ('delete', :id, :name, :rough)"
)


@dataclass(frozen=True, slots=True)
class NewContact:
    """Somebody to put in the address book."""

    kind: str
    """``person``, ``company`` or ``other``."""
    name: str = field(repr=False)
    cpr: str | None = field(default=None, repr=False)
    """Ten digits, no hyphen."""
    cvr: str | None = None
    born: date | None = field(default=None, repr=False)
    due: date | None = field(default=None, repr=False)
    """When an unborn child is expected."""
    address: str | None = field(default=None, repr=False)
    protected_address: bool = False
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Contact(NewContact):
    """Somebody in the address book."""

    id: int = 0
    version: int = 1


def get(connection: sa.Connection, contact_id: int) -> Contact:
    """Return somebody.

    :raises NotThere: there is nobody with this id.
    """
    found = find(connection, contact_id)
    if found is None:
        raise NotThere(str(contact_id))
    return found


def find(connection: sa.Connection, contact_id: int) -> Contact | None:
    """Return somebody, or None."""
    return first(connection, _contacts().where(t.contacts.c.id == contact_id), Contact)


def by_cpr(connection: sa.Connection, cpr: str) -> Contact | None:
    """Return the person with this number (ten digits), or None."""
    return first(connection, _contacts().where(t.contacts.c.cpr == cpr), Contact)


def by_cvr(connection: sa.Connection, cvr: str) -> Contact | None:
    """Return the company with this number, or None."""
    return first(connection, _contacts().where(t.contacts.c.cvr == cvr), Contact)


def add(connection: sa.Connection, new: NewContact, now: datetime) -> int:
    """Put somebody in the address book and return their id.

    :raises BadValue: the kind is unknown or the name is empty.
    """
    if new.kind not in KINDS:
        raise BadValue("kind")
    if not new.name.strip():
        raise BadValue("name")
    row = {column: getattr(new, column) for column in NewContact.__dataclass_fields__}
    row["street"] = names.street(new.address)
    contact_id = rows.add(connection, t.contacts, {**row, "created": now, "changed": now})
    index(connection, [(contact_id, new.name)])
    return contact_id


def ensure(connection: sa.Connection, new: NewContact, now: datetime) -> int:
    """Return the id of the one with this CPR or CVR number, put in the book where nobody has it.

    What is there is kept, but for one thing: an address now said to be protected becomes so.
    """
    there = None
    if new.cpr is not None:
        there = by_cpr(connection, new.cpr)
    elif new.cvr is not None:
        there = by_cvr(connection, new.cvr)
    if there is None:
        return add(connection, new, now)
    if new.protected_address and not there.protected_address:
        change(connection, there.id, {"protected_address": True}, now)
    return there.id


def change(
    connection: sa.Connection, contact_id: int, values: dict[str, Any], now: datetime
) -> None:
    """Give the named values to somebody in the book.

    :raises NotThere: there is nobody with this id.
    """
    before = get(connection, contact_id)
    if "address" in values:
        values = {**values, "street": names.street(values["address"])}
    connection.execute(
        t.contacts.update()
        .where(t.contacts.c.id == contact_id)
        .values(**values, changed=now, version=t.contacts.c.version + 1)
    )
    name = values.get("name", before.name)
    if name != before.name:
        _unindex(connection, contact_id, before.name)
        index(connection, [(contact_id, name)])


def resembling(
    connection: sa.Connection,
    name: str,
    *,
    address: str | None = None,
    born: date | None = None,
    limit: int,
) -> list[Contact]:
    """Return those with a name like this one, spelt right or nearly, the best word matches first.

    A fast, rough choice out of many; `names.likeness` orders it. Those who were born that day or
    live there are among the answers, however many share the name.
    """
    sought = names.sought(name)
    if sought is None:
        return []
    like = _contacts().join(_WORDS, _WORDS.c.rowid == t.contacts.c.id).where(_MATCHES)
    best = like.order_by(sa.literal_column("contact_words.rank")).limit(limit)
    fitting = like.where(_fits(address, born)).limit(limit)
    found = [
        contact
        for asked in (best, fitting)
        for contact in rows.every(connection, asked.params(sought=sought), Contact)
    ]
    return list({contact.id: contact for contact in found}.values())


def living_at(connection: sa.Connection, address: str, *, limit: int) -> list[Contact]:
    """Return the persons who live at a street and number, the youngest first.

    Nobody with a protected address is among them.
    """
    street = names.street(address)
    if street is None or not any(c.isdigit() for c in street) or " " not in street:
        return []
    there = t.contacts.c.street
    asked = _contacts().where(
        # What may follow is a letter or a door: a range of the index, and no other number.
        sa.or_(there == street, sa.and_(there > f"{street} ", there < f"{street} {_LAST}")),
        t.contacts.c.kind == "person",
        t.contacts.c.protected_address.is_(False),
    )
    youngest = asked.order_by(t.contacts.c.born.desc(), t.contacts.c.id)
    return rows.every(connection, youngest.limit(limit), Contact)


def index(connection: sa.Connection, named: Iterable[tuple[int, str]]) -> None:
    """Make people found by name, given by id. `add` and `change` do it themselves."""
    entries = [{"id": contact_id, **_indexed(name)} for contact_id, name in named]
    if entries:
        connection.execute(_INDEX, entries)


def _unindex(connection: sa.Connection, contact_id: int, name: str) -> None:
    connection.execute(_UNINDEX, {"id": contact_id, **_indexed(name)})


def _indexed(name: str) -> dict[str, str]:
    spelt, rough = names.indexed(name)
    return {"name": spelt, "rough": rough}


def _fits(address: str | None, born: date | None) -> sa.ColumnElement[bool]:
    street = (address or "").split(",")[0].strip()
    there = t.contacts.c.address.istartswith(street, autoescape=True)
    return sa.or_(
        there if street else sa.false(), t.contacts.c.born == born if born else sa.false()
    )


def _contacts() -> sa.Select[Any]:
    return sa.select(*columns(Contact, t.contacts))
