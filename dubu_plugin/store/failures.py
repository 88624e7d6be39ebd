"""What can go wrong with the database and the files, told so that the person at the screen knows.

The driver's own errors are translated at the edge of a transaction, and never carry what was
written: a message from a database may quote a person's data.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from dubu_plugin.errors import CaseworkError


class StorageError(CaseworkError):
    """Something could not be stored. Nothing of it was."""

    danish = "Det kunne ikke gemmes. Prøv igen, og sig det til it-afdelingen, hvis det bliver ved."


class StorageFull(StorageError):
    """The disk is full."""

    danish = (
        "Der er ikke mere plads på disken, så intet er gemt. Sig det til it-afdelingen, "
        "og prøv igen, når der er ryddet op."
    )


class StorageBusy(StorageError):
    """Others have been writing for longer than anybody should wait."""

    danish = "Der er meget travlt lige nu, så det er ikke gemt endnu. Prøv igen om et øjeblik."


class StorageUnreachable(StorageError):
    """The database does not answer."""

    danish = "Databasen svarer ikke, så intet er gemt. Sig det til it-afdelingen."


class DatabaseMissing(StorageUnreachable):
    """The database's file is not there. Nobody makes an empty one in its place."""

    danish = (
        "Databasens fil er der ikke. Er disken monteret? Ellers skal den lægges tilbage fra "
        "sikkerhedskopien. Er installationen ny, så kør »dubu db upgrade«."
    )


class FilesMissing(StorageUnreachable):
    """The folder of files is not there, or bears no mark: it is not the one that was set up."""

    danish = (
        "Mappen med originaler og breve er der ikke, så intet er gemt. Er disken monteret? Ellers "
        "skal den lægges tilbage fra sikkerhedskopien. Er installationen ny, så kør "
        "»dubu db upgrade«."
    )


FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

SQLITE = {
    sqlite3.SQLITE_FULL: StorageFull,
    sqlite3.SQLITE_BUSY: StorageBusy,
    sqlite3.SQLITE_LOCKED: StorageBusy,
    sqlite3.SQLITE_CANTOPEN: StorageUnreachable,
    sqlite3.SQLITE_READONLY: StorageUnreachable,
    sqlite3.SQLITE_IOERR: StorageError,
}

SHM_SIZE: Final = sqlite3.SQLITE_IOERR_SHMSIZE
"""What SQLite says instead of "full" where there is no room for the index of its log."""

# The first characters of an SQLSTATE, PostgreSQL's and ODBC's.
SQLSTATES = {
    "53100": StorageFull,
    "55P03": StorageBusy,
    "40P01": StorageBusy,
    "40001": StorageBusy,
    "HYT": StorageBusy,
    "08": StorageUnreachable,
    "57P": StorageUnreachable,
}


@contextmanager
def translated() -> Iterator[None]:
    """Raise ours for what the database and the disk say, and let everything else through."""
    try:
        yield
    except sa.exc.DBAPIError as said:
        ours = _ours(said)
        if ours is None:
            raise
        raise ours() from None
    except sqlite3.Error as said:  # from a statement of our own, which the engine does not wrap
        raise (_of_sqlite(said) or StorageError)() from None
    except sa.exc.TimeoutError:
        raise StorageBusy from None
    except OSError as said:
        if said.errno in FULL_DISK:
            raise StorageFull from None
        raise


def _of_sqlite(said: sqlite3.Error) -> type[StorageError] | None:
    code = getattr(said, "sqlite_errorcode", 0)
    # Its finer distinctions are left out but for this one.
    return StorageFull if code == SHM_SIZE else SQLITE.get(code & 0xFF)


def _ours(said: sa.exc.DBAPIError) -> type[StorageError] | None:
    original = said.orig
    if isinstance(original, sqlite3.Error):
        return _of_sqlite(original)
    # psycopg has it as an attribute, pyodbc as its first argument.
    state = str(
        getattr(original, "sqlstate", None) or next(iter(getattr(original, "args", ())), "")
    )
    for start, ours in SQLSTATES.items():
        if state.startswith(start):
            return ours
    known = len(state) == 5 and state.isalnum()
    if said.connection_invalidated or (isinstance(said, sa.exc.OperationalError) and not known):
        return StorageUnreachable
    return None
