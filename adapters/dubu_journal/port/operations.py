"""How every operation of the port is done: read at a moment, or write once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final, TypeVar

import sqlalchemy as sa

from dubu_journal import ledger
from dubu_journal.documents import NewFile as StoredFile
from dubu_journal.host import Host
from dubu_journal.ledger import Made, Write
from dubu_journal.port.translated import NAME, translated
from dubu_plugin.ports.journal_objects import NewFile, Op

T = TypeVar("T")

LARGEST_FILE: Final = 200 * 1024 * 1024
"""In bytes, where the installation says nothing else."""


def clock() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


class Operations:
    """What the groups of operations share."""

    name = NAME

    def __init__(
        self,
        host: Host,
        *,
        clock: Callable[[], datetime] = clock,
        page_size: int = 200,
        largest_file: int = LARGEST_FILE,
        address: str = "",
    ) -> None:
        self.host = host
        self.clock = clock
        self.page_size = page_size
        self.largest_file = largest_file
        self.address = address

    @contextmanager
    def _reading(self, operation: str) -> Iterator[sa.Connection]:
        with translated(operation), self.host.database.reading() as connection:
            yield connection

    def _once(
        self,
        operation: str,
        op: Op,
        work: Callable[[sa.Connection, datetime], Made],
        answer: Callable[[sa.Connection, Made], T],
    ) -> T:
        """Do the work in one transaction, unless the op was done earlier, and return the answer."""
        now = self.clock()
        write = Write(op.key, operation, op.actor, now)
        with translated(operation, op.key), self.host.database.writing() as connection:
            made = ledger.once(connection, write, lambda: work(connection, now))
            return answer(connection, made)

    def _stored(self, operation: str, op: Op, files: Sequence[NewFile]) -> list[StoredFile]:
        """Put the files on the disk, before the transaction that names them.

        Nothing is stored where the op was done earlier: the files are not asked for then.
        """
        write = Write(op.key, operation, op.actor, self.clock())
        with self._reading(operation) as connection:
            if ledger.earlier(connection, write) is not None:
                return []
        with translated(operation):
            return [
                StoredFile(
                    file.name,
                    file.media_type,
                    self.host.files.put(file.content, limit=self.largest_file),
                )
                for file in files
            ]
