"""Files by their content: the name is the SHA-256 of the bytes, so the same bytes lie there once.

A file is whole or not there. It is written beside its place, forced to the disk, given its name,
and the folder is forced to the disk too; only then is `put` over.

The folder is made and marked when the host is set up. Without its mark it is a disk that is not
mounted, or another installation's: nothing is written there, and nothing in it counts as lost.
"""

import errno
import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID, uuid4

from dubu_journal.refusals import DiskFull, FilesMissing, FileTooLarge, NotThere

CHUNK: Final = 1024 * 1024
MARK: Final = "installation.txt"
"""The file in the folder that says which installation it belongs to."""
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Stored:
    """Content that is on the disk."""

    sha256: str
    size: int
    """In bytes."""


class FileStore:
    """A folder of files named by their content, in two levels of folders."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.unfinished = root / "under-skrivning"
        self._mark = root / MARK

    def make(self, installation: UUID) -> None:
        """Make the folder where it is not, and mark it as this installation's, durably."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(PermissionError):
            self.root.chmod(0o700)
        with self._mark.open("w", encoding="ascii") as file:
            file.write(f"{installation}\n")
            file.flush()
            os.fsync(file.fileno())
        _force(self.root)
        _force(self.root.parent)

    @property
    def installation(self) -> UUID | None:
        """Whose folder it is; None where it is not there or bears no mark."""
        try:
            return UUID(self._mark.read_text(encoding="ascii").strip())
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None

    def put(self, content: BinaryIO, *, limit: int | None = None) -> Stored:
        """Keep the content, read once from where it stands, and return when it is on the disk.

        :param limit: the most it may fill, in bytes.
        :raises FileTooLarge: it fills more; nothing is kept.
        :raises DiskFull: there is no room; nothing is kept.
        :raises FilesMissing: the folder is not the one that was set up.
        """
        self._require()
        self.unfinished.mkdir(parents=True, exist_ok=True)
        writing = self.unfinished / uuid4().hex
        try:
            stored = _write(content, writing, limit)
            self._name(writing, stored.sha256)
        except OSError as fault:
            if fault.errno in FULL:
                raise DiskFull from fault
            raise
        finally:
            with suppress(FileNotFoundError):
                writing.unlink()
        return stored

    def open(self, sha256: str) -> BinaryIO:
        """Return the content; the caller closes it.

        :raises NotThere: there is none with this hash.
        :raises FilesMissing: the folder is not the one that was set up.
        """
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError:
            self._require()
            raise NotThere(sha256) from None

    def _require(self) -> None:
        if not self._mark.exists():
            raise FilesMissing

    def path(self, sha256: str) -> Path:
        """Return where the content lies, or would lie.

        :raises NotThere: it is no hash, so nothing can lie there.
        """
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise NotThere(sha256[:8])
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def tidy(self, before: datetime) -> int:
        """Remove what a killed process left unfinished before this moment; return how many."""
        limit = before.timestamp()
        left = [file for file in self.unfinished.glob("*") if file.stat().st_mtime < limit]
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)

    def _name(self, written: Path, sha256: str) -> None:
        place = self.path(sha256)
        if not place.parent.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            _force(self.root)
            _force(place.parent.parent)
        if not place.exists():
            written.rename(place)
        # Also where it was there: whoever put it may not have come this far yet.
        _force(place.parent)


def _write(content: BinaryIO, to: Path, limit: int | None) -> Stored:
    digest = hashlib.sha256()
    size = 0
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while chunk := content.read(CHUNK):
            size += len(chunk)
            if limit is not None and size > limit:
                raise FileTooLarge(limit)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _force(folder: Path) -> None:
    """Force a folder's own list of names to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
