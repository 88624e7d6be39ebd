"""Files, each under the hash of its content: originals as they came, and letters as they were sent.

A file is on the disk, and its name in the folder is too, before `put` returns. The same content is
stored once.

The folder is made and marked when the installation is set up. Without its mark it is a disk that is
not mounted: nothing is written there, and nothing in it counts as lost.
"""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, Final, Self
from uuid import UUID, uuid4

from dubu_plugin.store.failures import FilesMissing, StorageError, translated
from dubu_plugin.store.private import FOLDER

MARK: Final = "installation.txt"
"""The file in the folder that says which installation it belongs to."""


class NoSuchFile(StorageError):
    """There is no file with this content, though something says there is."""

    danish = "En fil mangler i lageret. Sig det til it-afdelingen; filens navn står i loggen."

    def __init__(self, sha256: str) -> None:
        super().__init__(sha256)
        self.sha256 = sha256


class Blobs:
    """A folder of files that never change."""

    def __init__(self, folder: Path) -> None:
        """:param folder: see `make`."""
        self.folder = folder
        self._mark = folder / MARK

    @classmethod
    def made(cls, folder: Path) -> Self:
        """Return a folder of files that is made and marked as an installation of its own."""
        blobs = cls(folder)
        blobs.make(uuid4())
        return blobs

    def make(self, installation: UUID) -> None:
        """Make the folder where it is not, and mark it as this installation's, durably.

        :raises StorageFull: the disk is full.
        """
        with translated():
            _make(self.folder)
            with suppress(PermissionError):
                self.folder.chmod(FOLDER)
            with self._mark.open("w", encoding="ascii") as file:
                file.write(f"{installation}\n")
                file.flush()
                os.fsync(file.fileno())
            _sync(self.folder)

    @property
    def installation(self) -> UUID | None:
        """Whose folder it is; None where it is not there or bears no mark."""
        try:
            return UUID(self._mark.read_text(encoding="ascii").strip())
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None

    def put(self, content: bytes) -> str:
        """Store a file durably and return its SHA-256, as hexadecimal digits.

        :raises StorageFull: the disk is full; nothing is left behind.
        :raises FilesMissing: the folder is not the one that was set up.
        """
        self._require()
        digest = sha256(content).hexdigest()
        place = self._place(digest)
        with translated():
            if place.exists():
                _sync(place.parent)  # whoever is storing the same now may not have come so far
                return digest
            _make(place.parent)
            with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:
                try:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                    os.replace(file.name, place)
                except BaseException:
                    with suppress(OSError):
                        os.unlink(file.name)
                    raise
            _sync(place.parent)
        return digest

    def read(self, sha256: str) -> bytes:
        """Return a file's content.

        :raises NoSuchFile: there is none.
        """
        with self.open(sha256) as file:
            return file.read()

    def open(self, sha256: str) -> BinaryIO:
        """Return a file, open for reading; the caller closes it.

        :raises NoSuchFile: there is none.
        :raises FilesMissing: the folder is not the one that was set up.
        """
        try:
            return self._place(sha256).open("rb")
        except FileNotFoundError:
            self._require()
            raise NoSuchFile(sha256) from None

    def has(self, sha256: str) -> bool:
        """Tell whether there is such a file.

        :raises FilesMissing: the folder is not the one that was set up.
        """
        if self._place(sha256).exists():
            return True
        self._require()
        return False

    def size(self, sha256: str) -> int:
        """Return how many bytes a file holds.

        :raises NoSuchFile: there is none.
        """
        try:
            return self._place(sha256).stat().st_size
        except FileNotFoundError:
            self._require()
            raise NoSuchFile(sha256) from None

    def _require(self) -> None:
        if not self._mark.exists():
            raise FilesMissing

    def _place(self, digest: str) -> Path:
        if len(digest) != 64 or not digest.isalnum():
            raise ValueError("not a SHA-256")
        return self.folder / digest[:2] / digest


def _make(folder: Path) -> None:
    """Make a folder and those above it, each durably."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(mode=FOLDER, exist_ok=True)
        _sync(new.parent)


def _sync(folder: Path) -> None:
    """Put the folder's list of names on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
