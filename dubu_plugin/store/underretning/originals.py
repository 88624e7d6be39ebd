"""Which files we must have: what came in, what lay in it, and the letters that were written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.intake import Remark, read_back
from dubu_plugin.store.blobs import Blobs, NoSuchFile
from dubu_plugin.store.tables import letters, post_files, post_items

CHUNK: Final = 1024 * 1024
AT_A_TIME: Final = 1_000


class Fault(StrEnum):
    """What is wrong with a file, as people read it."""

    GONE = "er væk"
    CHANGED = "er ændret"
    UNREADABLE = "kan ikke læses"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that must be there."""

    kind: str
    """What it belongs to, as people read it: ``post`` or ``brev``."""
    owner: UUID
    """The item of post, or the letter."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that is not as it was kept."""

    kept: Kept
    fault: Fault


def kept(connection: sa.Connection) -> Iterator[Kept]:
    """Yield every file something points at, some more than once, as they are read: there are tens
    of thousands, and pages are served beside. An item that was too large was never kept."""
    slowly = {"yield_per": AT_A_TIME}
    items = sa.select(post_items.c.id, post_items.c.sha256, post_items.c.needs)
    for item in connection.execute(items, execution_options=slowly):
        if Remark.ITEM_TOO_LARGE not in read_back(item.needs):
            yield Kept("post", item.id, item.sha256)
    inside = sa.select(post_files.c.post_id, post_files.c.sha256)
    inside = inside.where(post_files.c.sha256.is_not(None))
    for file in connection.execute(inside, execution_options=slowly):
        yield Kept("post", file.post_id, file.sha256)
    for column in (letters.c.docx_sha256, letters.c.pdf_sha256):
        written = sa.select(letters.c.id, column.label("sha256")).where(column.is_not(None))
        for letter in connection.execute(written, execution_options=slowly):
            yield Kept("brev", letter.id, letter.sha256)


def broken(
    files: Iterable[Kept], blobs: Blobs, progress: Callable[[], None] = lambda: None
) -> Iterator[Broken]:
    """Read every file again, each once, and yield what is not as it was kept.

    :param progress: told after each of the files.
    """
    seen: dict[str, Fault | None] = {}
    for one in files:
        if one.sha256 not in seen:
            seen[one.sha256] = _fault(one.sha256, blobs)
        fault = seen[one.sha256]
        if fault is not None:
            yield Broken(one, fault)
        progress()


def _fault(wanted: str, blobs: Blobs) -> Fault | None:
    digest = sha256()
    try:
        with blobs.open(wanted) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except NoSuchFile:
        return Fault.GONE
    except OSError:
        return Fault.UNREADABLE
    return None if digest.hexdigest() == wanted else Fault.CHANGED
