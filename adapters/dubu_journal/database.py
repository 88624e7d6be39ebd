"""The host's one SQLite file: many read at once, one writes, and what is written is on the disk.

A write takes the file's write lock at its start (``BEGIN IMMEDIATE``), so what it reads is what it
changes. Within a process writers queue in a line of our own, since SQLite's is a guess-and-sleep.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from dubu_journal import schema

WAIT: Final = 30
"""How long to wait for a writer in another process, in seconds."""

PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -8000",
    "PRAGMA temp_store = MEMORY",
)


class Database:
    """The file, opened on first use and given its tables where it has none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)
        self._writers = threading.Lock()
        self._opening = threading.Lock()
        self._opened = False

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees the file as it is at its first question."""
        self._open()
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give the connection that writes. All of it is on the disk at the end, or none of it.

        Not to be entered again by the thread that is in it.
        """
        self._open()
        with self._write() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _open(self) -> None:
        with self._opening:
            if self._opened:
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._write() as connection:
                schema.build(connection)
            self._opened = True

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with self._writers, self._engine.connect() as connection:
            writing = connection.execution_options(writes=True)
            with writing.begin():
                yield writing


def _engine(path: Path) -> sa.Engine:
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
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


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
