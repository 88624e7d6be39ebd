"""The host's two halves together: the database that knows, and the folder that holds the bytes."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4
from weakref import WeakValueDictionary

import sqlalchemy as sa

from dubu_journal import tables
from dubu_journal.database import Database
from dubu_journal.files import FileStore


@dataclass(frozen=True, eq=False)
class Host:
    """An embedded journal host."""

    database: Database
    files: FileStore

    @classmethod
    def at(cls, database: Path, files: Path) -> "Host":
        """Return the host of this file and folder, the same one for all who ask in this process.

        Nothing is opened before it is used. Being one, its writers queue in one line.
        """
        place = (database.resolve(), files.resolve())
        with _LOCK:
            host = _HOSTS.get(place)
            if host is None:
                host = _HOSTS[place] = cls(Database(place[0]), FileStore(place[1]))
            return host

    @classmethod
    def made(cls, database: Path, files: Path, installation: UUID | None = None) -> "Host":
        """Return the host of this file and folder, made where they are not.

        :param installation: whose they are from now on; None for an installation of its own.
        """
        host = cls.at(database, files)
        host.make(installation or uuid4())
        return host

    def make(self, installation: UUID) -> None:
        """Make the file and the folder where they are not, and mark both."""
        self.database.make()
        with self.database.writing() as connection:
            connection.execute(sa.delete(tables.installation))
            connection.execute(tables.installation.insert().values(id=1, key=str(installation)))
        self.files.make(installation)


_LOCK: Final = threading.Lock()
_HOSTS: Final[WeakValueDictionary[tuple[Path, Path], Host]] = WeakValueDictionary()
