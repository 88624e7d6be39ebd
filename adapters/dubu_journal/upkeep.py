"""Setting the host up, and finding out whether it is whole: `dubu_plugin.ports.upkeep`."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote
from uuid import UUID

import sqlalchemy as sa

from dubu_journal import installation as chosen
from dubu_journal import reach, schema, staff_file
from dubu_journal import tables as t
from dubu_journal.host import Host
from dubu_journal.port.translated import translated
from dubu_journal.refusals import DatabaseMissing
from dubu_plugin.errors import AdapterError
from dubu_plugin.settings import Settings

DATABASE: Final = "journalens database"
FILES: Final = "journalens filer"

SAMPLE: Final = bytes(64 * 1024)
"""What is written to see that there is room: more than a folder's own list of names takes."""


class EmbeddedUpkeep:
    """See `dubu_plugin.ports.upkeep.Upkeep` for each operation."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._host: Host = chosen.host(settings)

    def places(self) -> Mapping[str, UUID | None]:
        """Return whose the database is, and the folder of files."""
        found: dict[str, UUID | None] = {}
        if self._host.database.path.exists():
            found[DATABASE] = self._whose()
        if self._host.files.root.exists():
            found[FILES] = self._host.files.installation
        return found

    def missing(self) -> Sequence[str]:
        """Return which of the two are not there."""
        there = {DATABASE: self._host.database.path, FILES: self._host.files.root}
        return [name for name, place in there.items() if not place.exists()]

    def set_up(self, installation: UUID) -> None:
        """Make both, and mark both."""
        with translated("set_up"):
            self._host.make(installation)
        # Whoever fills it next asks for the file alone.
        self._host.database.close()

    def staff(self, text: str, *, dry: bool = False) -> Sequence[str]:
        """Put units and users in; see `staff_file`."""
        given = staff_file.read(text)
        with (
            translated("staff"),
            self._host.database.writing() as connection,
            connection.begin_nested() as attempt,
        ):
            found = staff_file.put(connection, given, dry=dry)
            if dry:
                attempt.rollback()
        self._host.database.close()
        return found

    def faults(self) -> Sequence[str]:
        """Return what is missing in the database, and where there is no room."""
        return list(self._faults())

    def _faults(self) -> Iterator[str]:
        try:
            with translated("faults"), self._host.database.reading() as connection:
                lost = schema.missing(connection)
        except AdapterError:
            yield "Journalens database kan ikke læses."
        else:
            if lost:
                yield f"Journalens database mangler {', '.join(lost)}."
        for folder in dict.fromkeys((self._host.database.path.parent, self._host.files.root)):
            if not _has_room(folder):
                yield f"Der kan ikke skrives i {folder}: er disken fuld eller skrivebeskyttet?"

    def remarks(self) -> Sequence[str]:
        """Return that anybody can log in, where it is so."""
        from dubu_journal.serving import password

        address = self._settings.web.host
        if reach.is_this_machine(address) or password(self._settings):
            return ()
        return (reach.OPEN_DOOR.format(address=address),)

    def login(self) -> str:
        """Return what keeps strangers out, and what it does not do."""
        from dubu_journal.serving import password

        return reach.ONE_PASSWORD if password(self._settings) else reach.NO_PASSWORD

    def _whose(self) -> UUID | None:
        with translated("places"):
            try:
                with self._host.database.reading() as connection:
                    key = connection.scalar(sa.select(t.installation.c.key))
            except DatabaseMissing:
                return None
            except schema.WrongVersion:
                key = _mark_of_another_shape(self._host.database.path)
        return UUID(key) if key else None


def _mark_of_another_shape(file: Path) -> str | None:
    """Return the mark in a file that is still to be brought up to date; None where it has none."""
    address = f"file:{quote(str(file))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        (shape,) = connection.execute("PRAGMA user_version").fetchone()
        if shape < schema.MARKED:
            return None
        row: tuple[str] | None = connection.execute("SELECT key FROM installation").fetchone()
    return row and row[0]


def _has_room(folder: Path) -> bool:
    """Tell whether a file can be written there and forced to the disk."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".check-") as file:
            file.write(SAMPLE)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return False
    return True
