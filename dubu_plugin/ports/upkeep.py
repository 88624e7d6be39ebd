"""What whoever keeps an installation needs of a host that is set up together with it.

A host that runs elsewhere has keepers of its own and offers none of this.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

Place = UUID | None
"""Whose a place is; None where something is there and says nothing of whose it is."""


class Upkeep(Protocol):
    """The host's storage, seen from the command line. Nothing is made but by `set_up`."""

    def places(self) -> Mapping[str, Place]:
        """Return each place the host keeps things in, by its Danish name, and whose it is.

        A place that is not there at all is left out; `missing` names it.

        :raises Unreachable: it cannot be read.
        """

    def missing(self) -> Sequence[str]:
        """Return the Danish names of the places that are not there."""

    def set_up(self, installation: UUID) -> None:
        """Make what is missing, and mark everything as this installation's. Content stays.

        :raises Unreachable: it cannot be made.
        """

    def staff(self, text: str, *, dry: bool = False) -> Sequence[str]:
        """Put the units and users of a file in, and return what was changed, as Danish sentences.

        What is there and not in the file stays. The same file again changes nothing.

        :param text: TOML with ``[[enhed]]`` and ``[[bruger]]``.
        :param dry: change nothing.
        :raises ConfigurationError: the file cannot be used; nothing was changed.
        :raises Unreachable: the storage cannot be used.
        """

    def faults(self) -> Sequence[str]:
        """Return what must be mended before it can be relied on, as Danish sentences."""

    def remarks(self) -> Sequence[str]:
        """Return what its settings leave open for strangers, as Danish sentences."""

    def login(self) -> str:
        """Return what keeps strangers out, and what it does not do, as Danish sentences."""
