"""What we need to know of money on the case: what an indsats has cost, and what is granted to it.

It is shown where a follow-up is written. A page waits for no other system: whoever offers this
answers from what is kept here already.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Cost:
    """What one indsats has cost, in Danish kroner."""

    spent: Decimal
    granted: Decimal | None = None
    """None where nothing says how much."""


class Costs(Protocol):
    """Somebody who knows what the indsatser cost."""

    @property
    def name(self) -> str:
        """The system's short name, for logs and for people."""

    def so_far(self, indsatser: Collection[UUID], day: date) -> Mapping[UUID, Cost]:
        """Return what each has cost until a Danish day; those nothing is known of are left out."""
