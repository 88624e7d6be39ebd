"""Answering times: how long an application may wait, as the municipality has published it.

The municipality sets the time for each area and publishes it (retssikkerhedsloven § 3, stk. 2).
A time holds from its day until a newer one of the same area begins, or until its own last day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.afgoerelser import Matters


class Unit(StrEnum):
    """What a time is counted in. The value is stored, and is what deadline rules say."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


WORDS: Final[Mapping[Unit, tuple[str, str]]] = {
    Unit.DAYS: ("dag", "dage"),
    Unit.WEEKS: ("uge", "uger"),
    Unit.MONTHS: ("måned", "måneder"),
}
"""One of each, and more of them."""
MOST: Final[Mapping[Unit, int]] = {Unit.DAYS: 365, Unit.WEEKS: 52, Unit.MONTHS: 12}
"""More than a year is a slip of the keys."""

ALSO_APPLIED_FOR: Final = frozenset({"stoette", "stofmisbrug", "venskabsfamilie", "ungestoette"})
"""What families also apply for, beside what is given upon application alone."""


@dataclass(frozen=True, slots=True)
class Area:
    """Something that is applied for (sagsområde)."""

    code: str
    title: str
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Svarfrist:
    """A published time."""

    area: str
    title: str
    """What the area is called."""
    law: str
    amount: int
    unit: Unit
    valid_from: date
    """Applications received on this Danish day or later are counted by it."""
    valid_to: date | None = None
    source: str
    """Where it is published."""

    @property
    def length(self) -> str:
        """How long it is, as deadline rules write it: ``4 weeks``."""
        return f"{self.amount} {self.unit}"

    @property
    def words(self) -> str:
        """How long it is: ``4 uger``."""
        return danish.counted(self.amount, *WORDS[self.unit])


@dataclass(frozen=True, slots=True)
class Svarfrister:
    """Every time that holds or has held."""

    rows: Sequence[Svarfrist] = ()

    def find(self, area: str | None, day: date) -> Svarfrist | None:
        """Return the time of an area for what is received on a Danish day, or None."""
        begun = [one for one in self.rows if one.area == area and one.valid_from <= day]
        newest = max(begun, key=lambda one: one.valid_from, default=None)
        if newest is None or (newest.valid_to is not None and newest.valid_to < day):
            return None
        return newest


def areas(matters: Matters, rows: Sequence[Svarfrist], day: date) -> Sequence[Area]:
    """Return what can be applied for on a Danish day: ours in the order of the law, then their own.

    :param rows: the municipality's times, also of areas it has made itself.
    """
    ours = {
        one.code: Area(one.code, one.title, one.law)
        for one in matters.rows
        if one.in_force(day) and (one.applied_for or one.code in ALSO_APPLIED_FOR)
    }
    theirs = {one.area: Area(one.area, one.title, one.law) for one in rows if one.area not in ours}
    return [*ours.values(), *theirs.values()]
