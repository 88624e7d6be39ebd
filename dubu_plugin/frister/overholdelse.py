"""Which deadlines were kept, as figures: sums, shares, and the time that was used.

What is counted is handed in. A deadline was kept where the duty was met no later than it was due,
by when it happened; when somebody got round to ticking it off does not count.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from statistics import median
from typing import Final, Self

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.hverdage import NO_DAYS, ONE_DAY, Profile, is_hverdag
from dubu_plugin.frister.counting import Unit
from dubu_plugin.frister.rule import Rule

HEARD: Final = "BARN-INDD"
"""The rule that has no date: the child must be heard before the decision, whenever that is."""

SMALL: Final = 5
"""A sum of fewer deadlines than this is shown only to who may see persons."""
FEW_PERSONS: Final = 3
"""Nor is what fewer than this did together: with two, each can tell what the other did."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year, as Danish days have them."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the quarter a text such as ``2026Q2`` names.

        :raises ValueError: the text names none.
        """
        found = re.fullmatch(r"([12]\d{3})[Qq]([1-4])", text)
        if not found:
            raise ValueError("a quarter is written as 2026Q2")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, moment: datetime) -> Self:
        """Return the quarter of a moment."""
        day = danish_day(moment)
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def title(self) -> str:
        """What people call it: ``2. kvartal 2026``."""
        return f"{self.number}. kvartal {self.year}"

    @property
    def starts(self) -> datetime:
        """Its first moment, in UTC."""
        return start_of_day(date(self.year, 3 * self.number - 2, 1)).astimezone(UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after it, in UTC."""
        return self.later(1).starts

    def later(self, count: int) -> "Quarter":
        """Return the quarter this many after it; before it where the count is negative."""
        whole = self.year * 4 + self.number - 1 + count
        return Quarter(whole // 4, whole % 4 + 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many deadlines of a group were kept, and how many were not."""

    kept: int = 0
    late: int = 0
    """Met after they were due."""
    overdue: int = 0
    """Due and not met yet."""
    lapsed: int = 0
    """Due, never met, and asked for no longer: the case was closed, say."""

    @property
    def missed(self) -> int:
        """How many were not kept, whether they were met since or not."""
        return self.late + self.overdue + self.lapsed

    @property
    def total(self) -> int:
        """How many there were."""
        return self.kept + self.missed

    @property
    def share(self) -> Decimal | None:
        """The part that was kept, from 0 to 1; None where there was nothing to keep."""
        return Decimal(self.kept) / self.total if self.total else None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.kept + other.kept,
            self.late + other.late,
            self.overdue + other.overdue,
            self.lapsed + other.lapsed,
        )


def can_be_told(tally: Tally, persons: int) -> bool:
    """Tell whether a sum says nothing of any one person.

    :param persons: how many had the deadlines in it.
    """
    return tally.total == 0 or (tally.total >= SMALL and persons >= FEW_PERSONS)


class Measure(StrEnum):
    """What the time used is told in. The value is the word people read."""

    HOURS = "timer"
    HVERDAGE = "hverdage"
    DAYS = "dage"


@dataclass(frozen=True, slots=True)
class Spread:
    """How long it took: half were met within `median`, and 95 of 100 within `p95`."""

    count: int
    median: Decimal
    p95: Decimal


def measure_of(rule: Rule) -> Measure:
    """Return what a rule's time is told in: its own unit, but weeks and months in days."""
    unit = rule.length.unit if rule.length is not None else Unit.DAYS
    return {Unit.HOURS: Measure.HOURS, Unit.HVERDAGE: Measure.HVERDAGE}.get(unit, Measure.DAYS)


def used(
    measure: Measure,
    anchor: datetime,
    ended: datetime,
    profile: Profile = Profile.DUTY,
    closed: frozenset[date] = NO_DAYS,
) -> float:
    """Return how long passed from the start of the clock till the duty was met.

    Hours are real ones; days are Danish days with the first as day 0. What was done before the
    clock started took no time.
    """
    if ended <= anchor:
        return 0
    if measure is Measure.HOURS:
        return (ended - anchor).total_seconds() / 3600
    first, last = danish_day(anchor), danish_day(ended)
    if measure is Measure.DAYS:
        return (last - first).days
    return _hverdage_between(first, last, profile, closed)


@lru_cache(maxsize=16_384)
def _hverdage_between(first: date, last: date, profile: Profile, closed: frozenset[date]) -> int:
    days = (date.fromordinal(n) for n in range((first + ONE_DAY).toordinal(), last.toordinal() + 1))
    return sum(is_hverdag(day, profile, closed) for day in days)


def spread(values: Iterable[float]) -> Spread | None:
    """Return the median and the 95th percentile (nearest rank); None of nothing."""
    ranked: Sequence[float] = sorted(values)
    if not ranked:
        return None
    place = -(-len(ranked) * 95 // 100) - 1
    return Spread(len(ranked), _tenths(median(ranked)), _tenths(ranked[place]))


def _tenths(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Known:
    """One of the figures the national barometer shows."""

    rule: str
    title: str


BAROMETER: Final = (
    Known("UND-24T", "Underretning vurderet inden 24 timer"),
    Known("UND-KVIT", "Kvittering inden 6 hverdage"),
    Known("BFU-4M", "Børnefaglig undersøgelse inden 4 måneder"),
    Known("PLAN-3M", "Barnets plan inden 3 måneder"),
    Known("OPF-1", "Første opfølgning inden 3 måneder"),
    Known(HEARD, "Barnet hørt før afgørelsen"),
)
