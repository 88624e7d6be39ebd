"""Rates: what the law and the municipality say an amount is, from one day to another.

A rate holds from its day until a newer one of the same code begins, or until its own last day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.indsatser import UNSURE
from dubu_plugin.errors import CaseworkError

ALL: Final = Decimal(100)
"""The whole of something, in per cent."""
FAR: Final = Decimal("0.5")
"""A rate that is more than this share of the one before above or below it, may be a slip."""
YES: Final = Decimal(1)
"""What a rate of the unit `Unit.JA_NEJ` is where the answer is yes."""


class Unit(StrEnum):
    """What a rate is counted in. The value is what files say."""

    KR = "kr"
    KR_MD = "kr_md"
    KR_AAR = "kr_aar"
    PCT = "pct"
    TIMER = "timer"
    """Hours a month."""
    JA_NEJ = "ja_nej"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sats:
    """A rate."""

    code: str
    title: str
    law: str
    amount: Decimal
    unit: Unit
    valid_from: date
    valid_to: date | None = None
    """A Danish day, the last one; None where it holds until a newer one begins."""
    level: int | None = None
    """The year whose prices it is written in; None where it is not regulated."""
    source: str
    confidence: str
    own: bool = False
    """The municipality's own row."""

    @property
    def key(self) -> str:
        """What names it where it was used: its code and its first day."""
        return f"{self.code}:{self.valid_from.isoformat()}{':egen' if self.own else ''}"

    @property
    def is_sure(self) -> bool:
        """Whether its source has been read."""
        return not self.confidence.startswith(UNSURE)

    def is_behind(self, day: date) -> bool:
        """Tell whether it is of an earlier year's level than the day's."""
        return self.level is not None and self.level < day.year


class NoSats(CaseworkError):
    """A rate that is needed is not there on the day."""

    danish = (
        "Satserne for {year} mangler: der er intet beløb for »{title}« den {day}. Ret dagen, eller "
        "bed administratoren lægge satsen ind under Administration → Satser. Det, du har skrevet, "
        "står her endnu."
    )

    def __init__(self, code: str, title: str, day: date) -> None:
        super().__init__(code)
        self.title = title
        self.year = day.year
        self.day = danish.long_date(day)


class YearUnknown(NoSats):
    """The day lies so far ahead that nobody knows its rates."""

    danish = (
        "Satserne for {year} kendes ikke endnu; de nyeste er fra {newest}. Ret dagen, eller bed "
        "administratoren lægge satserne ind under Administration → Satser. Det, du har skrevet, "
        "står her endnu."
    )

    def __init__(self, code: str, title: str, day: date, newest: int) -> None:
        super().__init__(code, title, day)
        self.newest = newest


@dataclass(frozen=True, slots=True)
class Satser:
    """Every rate, ours first and the municipality's own last."""

    rows: Sequence[Sats] = ()

    def find(self, code: str, day: date) -> Sats | None:
        """Return the rate on a Danish day, or None where the newest that has begun is over.

        Of two that begin on the same day one's own goes before ours.
        """
        begun = [
            (one.valid_from, at, one)
            for at, one in enumerate(self.rows)
            if one.code == code and one.valid_from <= day
        ]
        if not begun:
            return None
        newest = max(begun, key=lambda one: one[:2])[2]
        return newest if newest.valid_to is None or day <= newest.valid_to else None

    def has_begun(self, code: str, day: date) -> bool:
        """Tell whether there has been such a rate by a Danish day; it may be over."""
        return any(one.code == code and one.valid_from <= day for one in self.rows)

    def on(self, code: str, day: date) -> Sats:
        """Return the same.

        The year after the newest that is known is reckoned with those; `Beregning.notes` says so.

        :raises YearUnknown: the day lies further ahead.
        :raises NoSats: there is none.
        """
        found = self.find(code, day)
        title = next((one.title for one in reversed(self.rows) if one.code == code), code)
        if found is None:
            raise NoSats(code, title, day)
        if day.year > self.newest_year + 1:
            raise YearUnknown(code, title, day, self.newest_year)
        return found

    @property
    def newest_year(self) -> int:
        """The last year rates are known for; a book without a year knows none too many."""
        return max((one.level for one in self.rows if one.level is not None), default=date.max.year)

    def in_force(self, day: date) -> Sequence[Sats]:
        """Return the rate of each code on a Danish day, in the order of the files."""
        codes = dict.fromkeys(one.code for one in self.rows)
        return [found for code in codes if (found := self.find(code, day)) is not None]

    def in_doubt(self, one: Sats, instead_of: Sats | None = None) -> bool:
        """Tell whether a new row is so unlike what it follows that it must be asked for.

        So is a percentage over a hundred, and an amount far from the one before. What has only a
        later one beside it is held against that.

        :param instead_of: the row of this book it is a correction of.
        """
        if one.unit is Unit.JA_NEJ:
            return False
        if one.unit is Unit.PCT and one.amount > ALL:
            return True
        before = self.beside(one, instead_of)
        return before is not None and abs(one.amount - before.amount) > before.amount * FAR

    def beside(self, one: Sats, instead_of: Sats | None = None) -> Sats | None:
        """Return the rate a new row takes over from; where there is none, the first after it."""
        others = [row for row in self.rows if row.code == one.code and row != instead_of]
        earlier = [row for row in others if row.valid_from <= one.valid_from]
        if earlier:  # of two that begin on the same day one's own, which stands last, counts
            return max(reversed(earlier), key=lambda row: row.valid_from)
        return min(others, key=lambda row: row.valid_from, default=None)
