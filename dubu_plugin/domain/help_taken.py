"""The help a decision takes from a family: what it can take, what it says, and who heard of it.

Source: barnets lov §§ 11, 82, 85-87, 89, 90 and 99; forvaltningsloven §§ 19 and 22.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.danish import unbroken
from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.indsatser import Indsats


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpTaken:
    """An indsats a decision takes, or can take."""

    id: UUID
    what: str
    """What the catalogue calls it."""
    much: str = field(repr=False)
    """How much it is: ``4 timer om ugen``, or nothing."""
    law: str
    since: date
    """The Danish day it began."""
    ended_on: date | None = None
    stands: bool
    """It is given, or ended by the decision this one is made in place of."""
    named_at: datetime | None = None
    """When it was said that the decision takes it; None where it does not."""

    @property
    def title(self) -> str:
        """What it is, with how much."""
        return unbroken(f"{self.what}, {self.much}" if self.much else self.what)

    @property
    def named(self) -> bool:
        """Whether the decision says that it takes it."""
        return self.named_at is not None


def can_take(matter: Matter, row: Indsats) -> bool:
    """Tell whether help of a row of the catalogue is what a matter takes from a family.

    What no decision of its own takes is ended by the one that is about any help (§ 99).
    """
    if row.taken_by:
        return row.taken_by == matter.code
    return Forudsat.I_GANG in matter.presupposes


def named_first(helps: Sequence[HelpTaken], wanted: Collection[UUID]) -> frozenset[UUID]:
    """Return what a decision begins with: what was asked for, else the only help there is."""
    there = frozenset(one.id for one in helps if one.stands)
    if wanted:
        return there & frozenset(wanted)
    return there if len(there) == 1 else frozenset()


def named_since(helps: Sequence[HelpTaken], heard_at: datetime | None) -> Sequence[str]:
    """Return what was named after a party was heard, by title: of that it has heard nothing."""
    if heard_at is None:
        return []
    return [one.title for one in helps if one.named_at is not None and one.named_at > heard_at]


def about(words: str, helps: Sequence[HelpTaken]) -> str:
    """Return what a decision is about, with the help it takes, where the words do not say that."""
    told = [
        one.much if words.casefold().startswith(one.what.casefold()) else one.title
        for one in helps
        if one.named
    ]
    named = "; ".join(filter(None, told))  # a title has commas too
    return f"{words}: {named}" if named else words


def told(helps: Sequence[HelpTaken]) -> str:
    """Return the same as a line of its own, as under a heading that is to be short."""
    named = [one.title for one in helps if one.named]
    return f"Det handler om: {'; '.join(named)}." if named else ""
