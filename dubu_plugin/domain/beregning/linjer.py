"""A reckoning and its lines: every step says what it took and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.satser import Sats, Satser

OERE: Final = Decimal("0.01")


class Ydelse(StrEnum):
    """What is reckoned. The value is stored."""

    TABT = "tabt"
    KOMPENSATION = "kompensation"


GIVEN_AS: Final = {
    "tabt_arbejdsfortjeneste": Ydelse.TABT,
    "kompensationsydelse": Ydelse.KOMPENSATION,
}
"""What is reckoned, by the indsats of the catalogue it is given as."""


@dataclass(frozen=True, slots=True)
class Linje:
    """A step: what it is, and how it came out."""

    title: str
    text: str
    law: str = ""
    total: bool = False
    """It is what the others lead to."""


@dataclass(frozen=True, slots=True)
class Beregning:
    """What came of it."""

    kind: Ydelse
    day: date
    """The Danish day whose rates it is made with."""
    monthly: Decimal
    """In kroner a month, before tax; zero where nothing is given."""
    lines: Sequence[Linje]
    rates: Sequence[Sats]
    notes: Sequence[str] = field(default_factory=tuple)
    """What whoever decides must know: a rate that is not sure, or of an earlier year."""


class Ark:
    """A sheet somebody reckons on: it remembers the rates it looked up and the lines it wrote."""

    def __init__(self, satser: Satser, day: date) -> None:
        self.day = day
        self._satser = satser
        self._rates: dict[str, Sats] = {}
        self._lines: list[Linje] = []

    def rate(self, code: str) -> Decimal:
        """Return a rate of the day.

        :raises dubu_plugin.domain.satser.NoSats: there is none.
        """
        found = self._satser.on(code, self.day)
        self._rates[found.key] = found
        return found.amount

    def says(self, title: str, text: str, law: str = "", *, total: bool = False) -> None:
        """Write a line."""
        self._lines.append(Linje(title, text, law, total))

    def done(self, kind: Ydelse, monthly: Decimal) -> Beregning:
        """Return what stands on it."""
        rates = tuple(self._rates.values())
        return Beregning(kind, self.day, monthly, tuple(self._lines), rates,
                         tuple(_notes(rates, self.day, self._satser.newest_year)))  # fmt: skip


def rounded(amount: Decimal, to: Decimal = OERE) -> Decimal:
    """Return an amount rounded to the nearest multiple; half is up."""
    steps = (amount / to).quantize(Decimal(1), ROUND_HALF_UP)
    return (steps * to).quantize(OERE)


def number(value: Decimal) -> str:
    """Return a number as it is written in Danish, without zeros at the end: ``4,8``."""
    plain = format(value.normalize(), "f")
    return danish.decimal_text(value, len(plain.partition(".")[2]))


def _notes(rates: Sequence[Sats], day: date, newest: int) -> Sequence[str]:
    ahead = []
    if day.year > newest:
        ahead.append(
            f"Satserne for {day.year} kendes ikke endnu, så der er regnet med dem for {newest}. "
            f"Regn igen, når de nye er lagt ind."
        )
    behind = [
        f"Satsen »{one.title}« er i {one.level}-niveau. Er der kommet et beløb for {day.year}, så "
        f"få det lagt ind, og regn igen."
        for one in rates
        if one.is_behind(day) and not (ahead and one.level == newest)
    ]
    unsure = [
        f"Satsen »{one.title}« er ikke efterset: {one.confidence.partition(': ')[2]}"
        for one in rates
        if not one.is_sure and not one.is_behind(day)
    ]
    return [*ahead, *behind, *unsure]
