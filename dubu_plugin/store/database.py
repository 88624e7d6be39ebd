"""The database: one way to write, one way to read."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Any, Final, Self

import sqlalchemy as sa

from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.failures import translated
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.turns import Turns

PATIENCE: Final = 30.0
"""How long a writer waits for those before it, in seconds."""

WRITES: Final = "dubu_writes"
"""The execution option that marks a connection as one that will write."""

POOL: Final = {"pool_size": 10, "max_overflow": 30, "pool_timeout": PATIENCE}


class Store:
    """What is remembered, and the rules that react to what happens."""

    def __init__(self, engine: sa.Engine, rules: RuleBook) -> None:
        self.engine = engine
        self.rules = rules
        self._wakers: list[Callable[[], None]] = []
        self._turns = Turns(PATIENCE) if engine.dialect.name == "sqlite" else None

    @classmethod
    def connect(cls, url: str, rules: RuleBook) -> Self:
        """Return the store at an SQLAlchemy address. Connects when it is first used."""
        return cls(engine_for(url), rules)

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
        turn: AbstractContextManager[None] = self._turns.mine() if self._turns else nullcontext()
        with translated(), turn, self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                work = Work(connection, actor, now, self.rules)
                yield work
        if work.has_told:
            for wake in tuple(self._wakers):
                wake()

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

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def engine_for(url: str, poolclass: type[sa.Pool] | None = None) -> sa.Engine:
    """Return an engine with what each database needs. Connects to nothing yet.

    :param poolclass: how connections are kept; None keeps some open.
    """
    address = sa.make_url(url)
    sqlite = address.get_backend_name() == "sqlite"
    in_memory = sqlite and address.database in (None, "", ":memory:")
    engine = sa.create_engine(
        address,
        # A message from the database must not carry what was written.
        hide_parameters=True,
        pool_pre_ping=not sqlite,
        **({"poolclass": poolclass} if poolclass else {} if in_memory else POOL),
    )
    if sqlite:
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Make a new connection durable, and leave BEGIN to us."""
    connection.isolation_level = None
    for choice in (
        f"busy_timeout = {int(PATIENCE * 1000)}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {choice}")


def _begin_sqlite(connection: sa.Connection) -> None:
    """Take the write lock at once: a reader that becomes a writer later may be refused."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
