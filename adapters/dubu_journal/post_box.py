"""Post that came in. What `store` has returned is on the disk, whole, and stays as it came."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Final
from uuid import uuid4

import sqlalchemy as sa

from dubu_journal import tables as t
from dubu_journal.host import Host
from dubu_journal.refusals import NotThere
from dubu_journal.rows import columns, every, first

NEW: Final = "ny"
TAKEN: Final = "overtaget"
"""A plugin has made it its own."""
HANDLED: Final = "behandlet"
"""Somebody has seen to it by hand."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known of an item before it is opened."""

    received_at: datetime
    channel: str
    """How it came, for example ``e-mail``."""
    name: str = field(repr=False)
    """What the sender called it. Never used as a path."""
    sender: str | None = field(default=None, repr=False)
    subject: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Item:
    """Something that came in."""

    id: int
    key: str
    received_at: datetime
    channel: str
    name: str = field(repr=False)
    sender: str | None = field(repr=False)
    subject: str | None = field(repr=False)
    size: int
    """In bytes."""
    sha256: str
    state: str


def store(host: Host, raw: BinaryIO, envelope: Envelope, *, key: str | None = None) -> Item:
    """Keep an item, read once, and return when it is on the disk: only then acknowledge it.

    :param key: names the delivery; the same key again gives the item of the first time.
    :raises DiskFull: there is no room; the sender must keep it.
    """
    content = host.files.put(raw)
    key = key or uuid4().hex
    row = {
        "key": key,
        "received_at": envelope.received_at,
        "channel": envelope.channel,
        "name": envelope.name,
        "sender": envelope.sender,
        "subject": envelope.subject,
        "size": content.size,
        "sha256": content.sha256,
        "state": NEW,
    }
    with host.database.writing() as connection:
        connection.execute(t.incoming_post.insert().prefix_with("OR IGNORE").values(row))
        return get(connection, key)


def get(connection: sa.Connection, key: str) -> Item:
    """Return an item.

    :raises NotThere: there is none with this key.
    """
    found = first(connection, select().where(t.incoming_post.c.key == key), Item)
    if found is None:
        raise NotThere("post")
    return found


def after(connection: sa.Connection, last: int, *, limit: int) -> list[Item]:
    """Return what came in after the item with this id, oldest first."""
    asked = select().where(t.incoming_post.c.id > last).order_by(t.incoming_post.c.id)
    return every(connection, asked.limit(limit), Item)


def in_state(connection: sa.Connection, state: str, *, after: int = 0, limit: int) -> list[Item]:
    """Return the items in a state with an id above `after`, oldest first."""
    asked = select().where(t.incoming_post.c.state == state, t.incoming_post.c.id > after)
    return every(connection, asked.order_by(t.incoming_post.c.id).limit(limit), Item)


def mark(connection: sa.Connection, key: str, state: str) -> None:
    """Say how far an item has come: `NEW`, `TAKEN` or `HANDLED`."""
    one = t.incoming_post.c.key == key
    connection.execute(t.incoming_post.update().where(one).values(state=state))


def select() -> sa.Select[Any]:
    """Return the question for all items, to be narrowed."""
    return sa.select(*columns(Item, t.incoming_post))
