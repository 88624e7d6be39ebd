"""The host's tables, made where they are not. One number says which shape a file has."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from dubu_journal.tables import metadata
from dubu_journal.triggers import REFILL, TOKENIZER, TRIGGERS, WORD_TABLES

VERSION = 1


class WrongVersion(Exception):
    """The file was made by a newer release than this one."""


def version(connection: sa.Connection) -> int:
    """Return the shape of the file; 0 for an empty one."""
    found: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return found


def build(connection: sa.Connection) -> None:
    """Make what is missing. Nothing happens to a file that has its tables.

    :raises WrongVersion: the file's shape is newer than we know.
    """
    found = version(connection)
    if found > VERSION:
        raise WrongVersion(f"the journal's file has version {found}, this release knows {VERSION}")
    if found == VERSION:
        return
    metadata.create_all(connection)
    for table, columns in WORD_TABLES.items():
        made = f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, {TOKENIZER})"
        connection.exec_driver_sql(made)
    _create_triggers(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


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


def _create_triggers(connection: sa.Connection) -> None:
    for name, body in TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
