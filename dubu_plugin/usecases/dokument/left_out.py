"""What is not in the package to Ankestyrelsen, as its index and its letter name it."""

from collections.abc import Sequence

from dubu_plugin.domain.danish import long_date, unbroken
from dubu_plugin.store.afgoerelse.klager import Uden


def named(out: Sequence[Uden], *, locked: bool) -> str:
    """Return what is left out, a line each.

    :param locked: the parts of talks that are locked; else the files that are sent by themselves.
    """
    return "\n".join(
        unbroken(f"{long_date(one.day)}: {one.title}") for one in out if one.is_locked is locked
    )
