"""The host's one SQLite file: many read at once, one writes, and what is written is on the disk.

It is made once, when the installation is set up. A file that is gone later is a disk that is not
there, and nobody makes an empty one in its place.

A write takes the file's write lock at its start (``BEGIN IMMEDIATE``), so what it reads is what it
changes. Within a process writers queue in a line of our own, since SQLite's is a guess-and-sleep.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import sqlalchemy as sa

from dubu_journal import schema
from dubu_journal.refusals import DatabaseMissing

WAIT: Final = 30
"""How long to wait for a writer in another process, in seconds."""

PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -8000",
    "PRAGMA temp_store = MEMORY",
)


UNDONE: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL})
"""What SQLite says at a commit that certainly did not take effect."""


class CommitUnknown(Exception):
    """The disk failed while a write was being made final: it may have taken effect, or not."""


class Database:
    """The file, opened on first use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)
        self._writers = threading.Lock()
        self._opening = threading.Lock()
        self._opened: tuple[int, int] | None = None

    def make(self) -> None:
        """Make the file and its tables where they are not, and bring an older shape up to date.

        :raises WrongVersion: the file was made by a newer release.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # SQLite gives its -wal and -shm the rights of the file.
        self.path.touch(mode=0o600)
        with suppress(PermissionError):
            self.path.chmod(0o600)
        with self._opening, self._write() as connection:
            schema.build(connection)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees the file as it is at its first question.

        :raises DatabaseMissing: there is no file, or nobody has made its tables.
        :raises WrongVersion: the file has another shape than this release uses.
        """
        self._open()
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give the connection that writes. All of it is on the disk at the end, or none of it.

        Not to be entered again by the thread that is in it.

        :raises CommitUnknown: nobody can tell which of the two it was.
        :raises DatabaseMissing: see `reading`.
        """
        self._open()
        with self._write() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _open(self) -> None:
        """See that the file is there, and is the one our connections are open on."""
        with self._opening:
            try:
                found = os.stat(self.path)
            except (FileNotFoundError, NotADirectoryError):
                raise DatabaseMissing from None
            if self._opened == (found.st_dev, found.st_ino):
                return
            self._engine.dispose()
            with self._engine.connect() as connection:
                schema.require(connection)
            self._opened = found.st_dev, found.st_ino

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with self._writers, self._engine.connect() as connection:
            writing = connection.execution_options(writes=True)
            with writing.begin() as transaction:
                yield writing
                _commit(transaction)


def _engine(path: Path) -> sa.Engine:
    engine = sa.create_engine(
        # Never made by being opened.
        sa.URL.create(
            "sqlite", database=f"file:{quote(str(path))}", query={"mode": "rw", "uri": "true"}
        ),
        connect_args={"timeout": WAIT, "check_same_thread": False},
        # What is asked about is people; it does not belong in an error's text.
        hide_parameters=True,
        pool_size=8,
        max_overflow=32,
    )
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, record: object) -> None:
    """Set a new connection up; from here on we begin the transactions ourselves."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _commit(transaction: sa.RootTransaction) -> None:
    try:
        transaction.commit()
    except sa.exc.DBAPIError as fault:
        if getattr(fault.orig, "sqlite_errorcode", 0) & 0xFF in UNDONE:
            raise
        raise CommitUnknown from fault


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
