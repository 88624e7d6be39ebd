"""The host's tables, made when it is set up. One number says which shape a file has."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from dubu_journal.names import street
from dubu_journal.refusals import DatabaseMissing
from dubu_journal.tables import installation, metadata
from dubu_journal.triggers import REFILL, TOKENIZER, TRIGGERS, WORD_TABLES

VERSION = 4
"""2 added `installation`, 3 the users' e-mail addresses, 4 the streets of the address book."""
MARKED = 2
"""The first shape that says whose the file is."""


class WrongVersion(Exception):
    """The file has another shape than the one this release uses."""


def version(connection: sa.Connection) -> int:
    """Return the shape of the file; 0 for an empty one."""
    found: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return found


def build(connection: sa.Connection) -> None:
    """Make the tables, or bring an older file up to date. Nothing happens to one that is new.

    :raises WrongVersion: the file's shape is newer than we know.
    """
    found = version(connection)
    if found > VERSION:
        raise WrongVersion(f"the journal's file has version {found}, this release knows {VERSION}")
    if found == VERSION:
        return
    if found:
        if found < MARKED:
            installation.create(connection)
        if found < 3:
            connection.exec_driver_sql("ALTER TABLE users ADD COLUMN email VARCHAR")
        if found < 4:
            _add_streets(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
        return
    for statement in _statements():
        connection.exec_driver_sql(statement)
    for table, columns in WORD_TABLES.items():
        made = f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, {TOKENIZER})"
        connection.exec_driver_sql(made)
    _create_triggers(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


@lru_cache(maxsize=1)
def _statements() -> tuple[str, ...]:
    """Return what makes the tables and their indexes in an empty file, put into words once."""
    said: list[str] = []

    def say(statement: Any, *_: object) -> None:
        said.append(str(statement.compile(dialect=engine.dialect)))

    engine = sa.create_mock_engine("sqlite://", say)
    metadata.create_all(engine, checkfirst=False)
    return tuple(said)


def require(connection: sa.Connection) -> None:
    """Do nothing where the file has the shape this release uses.

    :raises DatabaseMissing: it holds no tables.
    :raises WrongVersion: it has another shape.
    """
    found = version(connection)
    if found == 0:
        raise DatabaseMissing
    if found != VERSION:
        raise WrongVersion(f"the journal's file has version {found}, this release uses {VERSION}")


def missing(connection: sa.Connection) -> list[str]:
    """Return the tables, indexes and triggers that should be there and are not, by name."""
    there = set(connection.scalars(sa.text("SELECT name FROM sqlite_master")))
    wanted = [*metadata.tables, *WORD_TABLES, *TRIGGERS]
    wanted += [str(index.name) for table in metadata.tables.values() for index in table.indexes]
    return sorted(set(wanted) - there)


@contextmanager
def without_triggers(connection: sa.Connection) -> Iterator[None]:
    """Write many rows at once, and see to afterwards what the triggers see to row by row.

    New rows only, in the transaction the connection is in: rows that were there are not looked at.
    """
    before = {
        table: connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table}").scalar_one()
        for table in ("cases", "documents", "notes")
    }
    for name in TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for statement in REFILL:
        connection.execute(sa.text(statement), before)
    _create_triggers(connection)


def _add_streets(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE contacts ADD COLUMN street VARCHAR")
    connection.exec_driver_sql("CREATE INDEX ix_contacts_street ON contacts (street)")
    known = connection.exec_driver_sql(
        "SELECT id, address FROM contacts WHERE address IS NOT NULL"
    ).all()
    if known:
        connection.exec_driver_sql(
            "UPDATE contacts SET street = ? WHERE id = ?",
            [(street(address), contact_id) for contact_id, address in known],
        )


def _create_triggers(connection: sa.Connection) -> None:
    for name, body in TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
