"""The inbox folder: a file dropped there is taken when it is whole, and then moved away.

A file is whole when it has been the same for a while. A name that begins with a dot or ends in
``.part`` or ``.tmp`` is somebody still writing: they rename it when they are done.
"""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from dubu_journal.post.arrivals import Arrivals
from dubu_journal.refusals import DiskFull, FileTooLarge

log = structlog.get_logger("dubu_journal")

UNFINISHED: Final = (".part", ".tmp", ".crdownload")
SETTLED: Final = timedelta(seconds=1.5)
"""How long a file must have been the same."""
DONE: Final = "behandlet"
REFUSED: Final = "afvist"


@dataclass(frozen=True, slots=True)
class Look:
    """What a file was when it was seen."""

    size: int
    written: int
    """In nanoseconds."""
    put: int
    """When it was put in the folder, in nanoseconds: a file that is moved or copied here with its
    old date came when it came here, and not when somebody looks."""


class Inbox:
    """A folder that files are dropped in."""

    def __init__(self, folder: Path, arrivals: Arrivals) -> None:
        self.folder = folder
        self._arrivals = arrivals
        self._seen: dict[str, tuple[Look, datetime]] = {}

    def look(self, now: datetime) -> int:
        """Take the files that are whole, the oldest first; return how many were stored."""
        # Where the folder is made by hand, whoever drops files in it may be somebody else.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        here = {file.name: Look(*_state(file)) for file in self._files()}
        before, self._seen = self._seen, {}
        for name, look in here.items():
            known = before.get(name)
            same = known is not None and known[0] == look
            self._seen[name] = known if known is not None and same else (look, now)
        whole = [name for name, (_, since) in self._seen.items() if now - since >= SETTLED]
        whole.sort(key=lambda name: (here[name].written, name))
        return sum(self._take(self.folder / name, here[name], now) for name in whole)

    def _files(self) -> list[Path]:
        return [
            file
            for file in self.folder.iterdir()
            if file.is_file()
            and not file.is_symlink()
            and not file.name.startswith(".")
            and not file.name.lower().endswith(UNFINISHED)
        ]

    def _take(self, file: Path, look: Look, now: datetime) -> bool:
        """Store the file and move it; it stays where it is until it is on the disk elsewhere."""
        try:
            with file.open("rb") as content:
                self._arrivals.file(
                    content, file.name, look.written, came=min(now, _moment(look.put))
                )
        except FileTooLarge:
            log.error("inbox_file_too_large", size=look.size, largest=self._arrivals.largest)
            self._move(file, REFUSED, now)
            return False
        except (DiskFull, OSError) as fault:  # it stays, and is tried again at the next look
            log.error("inbox_file_not_stored", why=type(fault).__name__)
            return False
        self._move(file, DONE, now)
        return True

    def _move(self, file: Path, where: str, now: datetime) -> None:
        place = self.folder / where
        place.mkdir(mode=0o700, exist_ok=True)
        moved = place / f"{now:%Y%m%dT%H%M%S%f}-{file.name}"
        shutil.move(file, moved)
        with suppress(PermissionError):  # somebody else's file stays as they made it
            place.chmod(0o700)
            moved.chmod(0o600)
        _force(place)
        _force(self.folder)


def _state(file: Path) -> tuple[int, int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _moment(nanoseconds: int) -> datetime:
    return datetime.fromtimestamp(nanoseconds / 1e9, UTC)


def _force(folder: Path) -> None:
    """Force a folder's own list of names to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
