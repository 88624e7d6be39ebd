"""The host's two halves together: the database that knows, and the folder that holds the bytes."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary

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


_LOCK: Final = threading.Lock()
_HOSTS: Final[WeakValueDictionary[tuple[Path, Path], Host]] = WeakValueDictionary()
