"""A large mail without what is too large to be taken out of it anyway.

Parsing a mail takes several times its size in memory, and nearly all of a large mail is one or two
attachments over the limit. Their packed lines give way to one line with their size before the mail
is parsed; the original is kept as it came.
"""

import io
import re
from typing import Final

WORTH_IT: Final = 4 * 1024 * 1024
"""In bytes. Smaller mails are parsed as they are."""

_PACKED: Final = (
    bytes(range(0x30, 0x3A)) + bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B)) + b"+/="
)
_SHORTEST: Final = 40
"""A line of packed bytes is longer than this, the last one excepted."""
_MARK: Final = b"x-dubu-cut="
_MARKED: Final = re.compile(
    r"x-dubu-cut=(\d+)\s+[A-Za-z0-9+/=\s]*\Z"
)  # the last line is short, and stays


def cut(mail: bytes, largest: int) -> bytes:
    """Return a mail without runs of base64 lines that unpack to more than `largest` bytes."""
    if len(mail) < WORTH_IT:
        return mail
    kept, run = bytearray(), bytearray()
    for line in io.BytesIO(mail):
        if len(line) > _SHORTEST and not line.rstrip(b"\r\n").translate(None, _PACKED):
            run += line
            continue
        kept += _kept(run, largest)
        run.clear()
        kept += line
    kept += _kept(run, largest)
    return bytes(kept)


def size_cut_out(payload: str) -> int | None:
    """Return the size, in bytes, of what was cut out of a part, or None where nothing was.

    A sender who writes the mark gets a line that says a file is too large, and no more.
    """
    found = _MARKED.match(payload.lstrip()) if len(payload) < 150 else None
    return int(found.group(1)) if found else None


def _kept(run: bytearray, largest: int) -> bytes:
    lines = run.count(b"\n")
    size = (len(run) - 2 * lines) * 3 // 4
    return bytes(run) if size <= largest else b"%s%d\r\n" % (_MARK, size)
