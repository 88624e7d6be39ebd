"""Files that nobody but the one who runs the product may read.

SQLite gives its ``-wal`` and ``-shm`` the rights of the file they belong to.
Source: databeskyttelsesforordningen art. 32.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

import sqlalchemy as sa

FILE: Final = 0o600
FOLDER: Final = 0o700
BESIDE: Final = ("", "-wal", "-shm")
"""What lies beside a database in SQLite, by how its name ends."""


def database_file(url: str) -> Path | None:
    """Return the file of a database, or None where it is none of ours: a server keeps its own."""
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


def close(file: Path) -> None:
    """Make a file and what lies beside it readable by its owner alone, made empty where it is not.

    A file that belongs to somebody else is left as it is; `open_to_others` tells of it.

    :raises OSError: the file is not there and cannot be made.
    """
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, FILE))
    for ending in BESIDE:
        with suppress(FileNotFoundError, PermissionError):
            file.with_name(file.name + ending).chmod(FILE)


def open_to_others(file: Path) -> bool:
    """Tell whether others than its owner may read a file or folder; False where it is not there."""
    try:
        return bool(file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False
