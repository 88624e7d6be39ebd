"""A list whose rows are chosen with a tick, and one act done with each: its own, or not at all.

What was done before an act is refused stands. The page says how many that was, and keeps the tick
at those that are left.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from dubu_plugin.domain import danish
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.web.forms import Sent

T = TypeVar("T")
_NUMBER: Final = re.compile(r"[0-9]{1,3}")


class NotAll(CaseworkError):
    """The act was done with some of the rows, and refused with one."""

    danish = "{done} Resten er valgt endnu. {sentence}"

    def __init__(self, done: str, no: CaseworkError, field: str) -> None:
        super().__init__(field)
        self.done = done
        self.sentence = no.for_people()
        self.field = no.field or field


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list, by the name of their tick in the form."""

    name: str
    nothing: str
    """What is said where none is chosen."""
    one: str
    many: str
    """What one row is called, and several."""
    done: str
    """What was done with them, with ``{rows}`` for how many it was."""

    def each(self, sent: Sent, read: Callable[[str], T], act: Callable[[T], None]) -> int:
        """Do an act with every row that is chosen, and return how many that was.

        :param read: what a tick sends is about; it is asked of all of them first.
        :raises FieldRefused: none is chosen.
        :raises CaseworkError: the act was refused with the first of them.
        :raises NotAll: the act was refused with a later one.
        """
        chosen = [read(value) for value in dict.fromkeys(sent.many(self.name))]
        if not chosen:
            raise FieldRefused(self.name, self.nothing)
        for number, one in enumerate(chosen):
            try:
                act(one)
            except NotYours:
                raise
            except CaseworkError as no:
                if not number:
                    raise
                raise NotAll(self.words(number), no, self.name) from no
        return len(chosen)

    def said(self, number: str) -> str:
        """Return the words of what was done, by the number in an address; empty for none."""
        found = int(number) if _NUMBER.fullmatch(number) else 0
        return self.words(found) if found else ""

    def words(self, number: int) -> str:
        """Return how many it was done with, in words."""
        return self.done.format(rows=danish.counted(number, self.one, self.many))
