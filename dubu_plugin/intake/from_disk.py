"""A file handed in by its name: read no further than the limit, whatever it says of its own size.

A device never ends, a pipe may never begin, and a file may grow while it is read. What a name
leads to is asked of the file once it is open, so that nothing can be put in its place in between.
"""

import os
import stat
from pathlib import Path

from dubu_plugin.domain.intake import NotTaken, Remark


def whole(path: Path, most: int) -> bytes:
    """Return what is in a file, and one byte more than `most` at the longest.

    :param most: in bytes; an answer that is longer tells that the file is too large.
    :raises NotTaken: it is not an ordinary file, or it cannot be read.
    """
    # A pipe nobody writes to would hold us at the door for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        opened = os.open(path, flags)
        with os.fdopen(opened, "rb") as file:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise NotTaken(
                    Remark.NOT_READABLE,
                    "Det er ikke en almindelig fil, men fx en enhed eller en mappe. Gem det, der "
                    "skal tages imod, som en fil, og prøv igen.",
                )
            return file.read(most + 1)
    except OSError:
        raise NotTaken(
            Remark.NOT_READABLE,
            "Filen kan ikke læses. Se, om den stadig er der, og om du har lov til at læse den.",
        ) from None
