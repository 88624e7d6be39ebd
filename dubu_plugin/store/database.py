"""The database: one way to write, one way to read."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, Self, TypeVar
from urllib.parse import quote

import sqlalchemy as sa

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.failures import DatabaseMissing, StorageBusy, translated
from dubu_plugin.store.together import Together
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.turns import Turns

T = TypeVar("T")

PATIENCE: Final = 30.0
"""How long a writer waits for those before it, in seconds."""

LOOK_AGAIN: Final = 0.002
"""How long to wait before looking again whether another process is done writing, in seconds."""

WRITES: Final = "dubu_writes"
"""The execution option that marks a connection as one that will write."""

# The connection used last is used next: it knows the statements, and holds the newest pages.
POOL: Final = {
    "pool_size": 10, "max_overflow": 30, "pool_timeout": PATIENCE, "pool_use_lifo": True,
}  # fmt: skip


class Store:
    """What is remembered, and the rules that react to what happens."""

    def __init__(
        self,
        engine: sa.Engine,
        rules: RuleBook,
        patience: float = PATIENCE,
        plans: PlanBook | None = None,
    ) -> None:
        """:param patience: how long a writer waits for its turn, in seconds.
        :param plans: None for no plans at all.
        """
        self.engine = engine
        self.rules = rules
        self.plans = plans or PlanBook(rules)
        self._wakers: list[Callable[[], None]] = []
        self._turns = Turns(patience) if engine.dialect.name == "sqlite" else None
        self._together = Together(self.add, self._work, self._wake, patience)

    @classmethod
    def connect(
        cls,
        url: str,
        rules: RuleBook,
        patience: float = PATIENCE,
        plans: PlanBook | None = None,
    ) -> Self:
        """Return the store at an SQLAlchemy address. Connects when it is first used."""
        return cls(engine_for(url, patience=patience), rules, patience, plans)

    @contextmanager
    def write(self, *, actor: str, now: datetime) -> Iterator[Work]:
        """Open one transaction: everything in it is stored, or nothing is.

        Writers take turns, on every database: a writer holds the newest link of the chain from
        its first statement, so what it has read cannot change before it writes.

        :param actor: the key of who acts, or `SYSTEM`.
        :raises StorageFull: the disk is full.
        :raises StorageBusy: others have been writing for too long.
        :raises StorageUnreachable: the database does not answer.
        """
        with self.add() as connection:
            work = self._work(connection, actor, now)
            yield work
        if work.has_told:
            self._wake()

    def write_together(self, act: Callable[[Work], T], *, actor: str, now: datetime) -> T:
        """Write as `write` does, in one transaction with others who wait to, and return the answer.

        It returns after the commit. For what comes many at a time: the disk is asked once for all.

        :param act: what is written. It may be called in another thread, and once more where the
            transaction failed because of another, so it must find what it has written before.
        :raises StorageError: as `write` does. What goes wrong for one is not seen by the others.
        """
        if self._turns is not None:
            self._turns.refuse_another()
        return self._together.write(act, actor=actor, now=now)

    @property
    def waiting(self) -> int:
        """How many of `write_together` wait for the transaction they will be written in."""
        return self._together.waiting

    @contextmanager
    def rehearse(self, *, actor: str, now: datetime) -> Iterator[Work]:
        """Open a transaction of which nothing is ever stored, to see what an act would lead to.

        What would follow is found by having it follow, so that it cannot differ from what does.

        :raises StorageError: as `write` does.
        """
        turn: AbstractContextManager[None] = self._turns.mine() if self._turns else nullcontext()
        with translated(), turn, self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            transaction = connection.begin()
            try:
                yield self._work(connection, actor, now)
            finally:
                transaction.rollback()

    @contextmanager
    def add(self) -> Iterator[sa.Connection]:
        """Open one transaction for rows that stand for themselves, as a line in the read log does.

        Nothing can happen in it, so it asks nothing of the chain.

        :raises StorageError: as `write` does.
        """
        turn: AbstractContextManager[None] = self._turns.mine() if self._turns else nullcontext()
        with translated(), turn, self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Open a view of the database that does not change while it is looked at (on SQLite).

        :raises StorageUnreachable: the database does not answer.
        """
        with translated(), self.engine.connect() as connection:
            yield connection

    def on_told(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Have something called after each commit that told the outside; return how to stop it."""
        self._wakers.append(wake)
        return lambda: self._wakers.remove(wake)

    def _work(self, connection: sa.Connection, actor: str, now: datetime) -> Work:
        return Work(connection, actor, now, self.rules, self.plans)

    def _wake(self) -> None:
        for wake in tuple(self._wakers):
            wake()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def engine_for(
    url: str,
    *,
    poolclass: type[sa.Pool] | None = None,
    patience: float = PATIENCE,
    make: bool = False,
) -> sa.Engine:
    """Return an engine with what each database needs. Connects to nothing yet.

    :param make: make SQLite's file where there is none. Only for who sets an installation up: in
        anybody else's hands a missing file is a missing disk, and `DatabaseMissing` says so.
    :param poolclass: how connections are kept; None keeps some open.
    :param patience: how long a writer waits for one in another process, in seconds.
    """
    address = sa.make_url(url)
    system = address.get_backend_name()
    in_memory = system == "sqlite" and address.database in (None, "", ":memory:")
    engine = sa.create_engine(
        address,
        # A message from the database must not carry what was written.
        hide_parameters=True,
        pool_pre_ping=system != "sqlite",
        **({"poolclass": poolclass} if poolclass else {} if in_memory else POOL),
    )
    milliseconds = int(patience * 1000)
    choices = {
        "sqlite": (
            f"PRAGMA busy_timeout = {milliseconds}",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
        ),
        "postgresql": (f"SET lock_timeout = {milliseconds}",),
        "mssql": (f"SET LOCK_TIMEOUT {milliseconds}",),
    }
    sa.event.listen(engine, "connect", partial(_prepare, choices=choices.get(system, ())))
    if system == "sqlite" and not in_memory and not make:
        file = Path(str(address.database))
        sa.event.listen(engine, "do_connect", _open_only)
        sa.event.listen(engine, "connect", partial(_remember_file, file=file))
        sa.event.listen(engine, "checkout", partial(_same_file, file=file))
    if system == "sqlite":
        sa.event.listen(engine, "begin", partial(_begin_sqlite, patience=patience))
    if system == "postgresql":
        sa.event.listen(engine, "handle_error", _without_detail)
    return engine


def _open_only(_dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
    """Have SQLite open the file and never make it, which is its habit."""
    file = arguments[0]
    if not Path(file).exists():
        raise DatabaseMissing
    arguments[0] = f"file:{quote(str(file))}?mode=rw"
    options["uri"] = True


def _remember_file(_connection: Any, record: Any, file: Path) -> None:
    record.info["file"] = _inode(file)


def _same_file(_connection: Any, record: Any, _proxy: Any, file: Path) -> None:
    """Open anew where the file is gone or another: an open one can be written to unseen."""
    if record.info.get("file") != _inode(file):
        raise sa.exc.DisconnectionError


def _inode(file: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare(connection: Any, _record: Any, choices: Iterable[str]) -> None:
    """Make a new connection durable and patient; on SQLite, leave BEGIN to us."""
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
    cursor = connection.cursor()
    for choice in choices:
        cursor.execute(choice)
    cursor.close()
    connection.commit()


def _begin_sqlite(connection: sa.Connection, patience: float) -> None:
    """Take the write lock at once: a reader that becomes a writer later may be refused.

    SQLite itself waits for a writer in another process in steps of up to a tenth of a second, and
    whoever looks at the right moment goes first. Looking often keeps everybody's wait short.
    """
    if not connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("BEGIN")
        return
    file: Any = connection.connection.dbapi_connection
    end = time.monotonic() + patience
    file.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                file.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as no:
                if no.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                if time.monotonic() > end:
                    raise StorageBusy from None
            time.sleep(LOOK_AGAIN)
    finally:
        file.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")


def _without_detail(context: sa.ExceptionContext) -> BaseException | None:
    """Return PostgreSQL's error without its detail, which quotes the values that were written."""
    said, wrapped = context.original_exception, context.sqlalchemy_exception
    diagnosis = getattr(said, "diag", None)
    if not isinstance(wrapped, sa.exc.DBAPIError) or not getattr(diagnosis, "message_detail", None):
        return None
    plain = type(said)(diagnosis.message_primary)  # type: ignore[union-attr]
    return type(wrapped)(context.statement, None, plain, hide_parameters=True)
