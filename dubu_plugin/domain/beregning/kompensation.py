"""Kompensationsydelse: a standard amount, or what is documented and a supplement.

Until 31 August 2025 it was dækning af merudgifter: the estimate itself, rounded. Which of the two
holds on a day is said by the rates that are there.

Source: barnets lov § 86 as changed by lov 746 of 2025; bekendtgørelse 1064 of 27 August 2025,
§§ 3-6; before that § 86, stk. 3, as in lovbekendtgørelse 282 of 17 March 2025.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.beregning.linjer import Ark, Beregning, Ydelse, number, rounded
from dubu_plugin.domain.danish import amount as kroner
from dubu_plugin.domain.satser import Satser

LAW: Final = "§ 86, stk. 2"
OLD_LAW: Final = "§ 86, stk. 3"
MONTHS: Final = Decimal(12)


class Grundlag(StrEnum):
    """What the family has asked to have it decided on. The value is stored."""

    SANDSYNLIGGJORT = "sandsynliggjort"
    DOKUMENTERET = "dokumenteret"


class Udgiftstype(StrEnum):
    """The kinds of expense of § 5, stk. 1, in its order. The value is stored."""

    KOST = "kost"
    MEDICIN = "medicin"
    BEFORDRING = "befordring"
    HUSLEJE = "husleje"
    FRITID = "fritid"
    KURSER = "kurser"
    BEKLAEDNING = "beklaedning"
    FORBRUG = "forbrug"
    OEVRIGE = "oevrige"


TYPES: Final[Mapping[Udgiftstype, str]] = {
    Udgiftstype.KOST: "Kost og diætpræparater",
    Udgiftstype.MEDICIN: "Medicin",
    Udgiftstype.BEFORDRING: "Befordring og drift af egen bil",
    Udgiftstype.HUSLEJE: "Forhøjet husleje og indskud",
    Udgiftstype.FRITID: "Fritid, ferier og udstyr",
    Udgiftstype.KURSER: "Handicaprelaterede kurser",
    Udgiftstype.BEKLAEDNING: "Beklædning",
    Udgiftstype.FORBRUG: "El, vand og varme",
    Udgiftstype.OEVRIGE: "Øvrige",
}


@dataclass(frozen=True, slots=True)
class Udgift:
    """An expense that follows from the child's disability."""

    title: str
    kind: Udgiftstype
    yearly: Decimal
    """In kroner a year, beyond what a family without the disability would pay (§ 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KompensationInput:
    """What a reckoning starts from."""

    basis: Grundlag = Grundlag.SANDSYNLIGGJORT
    expenses: Sequence[Udgift]


def kompensation(given: KompensationInput, satser: Satser, day: date) -> Beregning:
    """Return what a family gets a month; zero where the expenses are too few.

    :raises dubu_plugin.domain.satser.NoSats: a rate is not there on the day.
    :raises ValueError: there is no expense, or one is less than nothing.
    """
    if not given.expenses or any(one.yearly < 0 for one in given.expenses):
        raise ValueError("expenses")
    ark = Ark(satser, day)
    if not satser.has_begun("kompensation_standard", day):
        return _merudgift(ark, given)
    if given.basis is Grundlag.DOKUMENTERET:
        return _documented(ark, given)
    return _standard(ark, given)


def _standard(ark: Ark, given: KompensationInput) -> Beregning:
    total = _listed(ark, given.expenses)
    least = ark.rate("kompensation_minimum")
    if total < least:
        return _nothing(ark, f"{kroner(total)} er under {kroner(least)} om året", LAW)
    ark.says("Grænse om året", f"{kroner(total)} når grænsen på {kroner(least)}", LAW)
    amount = ark.rate("kompensation_standard")
    ark.says("Standardbeløb om måneden", kroner(amount), LAW, total=True)
    return ark.done(Ydelse.KOMPENSATION, amount)


def _documented(ark: Ark, given: KompensationInput) -> Beregning:
    most = ark.rate("kompensation_oevrige")
    small = [
        one for one in given.expenses if one.kind is Udgiftstype.OEVRIGE and one.yearly <= most
    ]
    total = _listed(ark, [one for one in given.expenses if one not in small])
    for one in small:
        ark.says(
            one.title,
            f"Tælles ikke med: {kroner(one.yearly)} er ikke over {kroner(most)} om året",
            "§ 5, stk. 1, nr. 9, i bekendtgørelsen",
        )
    over = ark.rate("kompensation_dokumenteret")
    if total <= over:
        return _nothing(
            ark,
            f"{kroner(total)} er ikke over {kroner(over)} om året. Familien kan søge om "
            f"standardbeløbet i stedet",
            LAW,
        )
    ark.says("Over", f"{kroner(total)} er over {kroner(over)} om året", LAW)
    monthly = rounded(total / MONTHS, ark.rate("kompensation_afrunding"))
    ark.says("Udgifter om måneden", f"{kroner(total)} / 12 = {kroner(monthly)}", LAW)
    more = ark.rate("kompensation_tillaeg")
    amount = monthly + more
    ark.says(
        "Ydelse om måneden", f"{kroner(monthly)} + {kroner(more)} = {kroner(amount)}", LAW,
        total=True,
    )  # fmt: skip
    return ark.done(Ydelse.KOMPENSATION, amount)


def _merudgift(ark: Ark, given: KompensationInput) -> Beregning:
    total = _listed(ark, given.expenses)
    least = ark.rate("merudgift_minimum")
    if total < least:
        return _nothing(ark, f"{kroner(total)} er under {kroner(least)} om året", OLD_LAW)
    ark.says("Grænse om året", f"{kroner(total)} når grænsen på {kroner(least)}", OLD_LAW)
    monthly = rounded(total / MONTHS)
    ark.says("Udgifter om måneden", f"{kroner(total)} / 12 = {kroner(monthly)}", OLD_LAW)
    to = ark.rate("merudgift_afrunding")
    amount = rounded(total / MONTHS, to)
    ark.says(
        "Ydelse om måneden",
        f"{kroner(monthly)} afrundet til nærmeste {number(to)} kr. = {kroner(amount)}",
        OLD_LAW,
        total=True,
    )
    return ark.done(Ydelse.KOMPENSATION, amount)


def _listed(ark: Ark, expenses: Sequence[Udgift]) -> Decimal:
    """Write a line for each expense, and return what they come to in a year."""
    for one in expenses:
        ark.says(one.title, f"{kroner(one.yearly)} om året")
    total = sum((one.yearly for one in expenses), Decimal(0))
    ark.says("I alt", f"{kroner(total)} om året")
    return total


def _nothing(ark: Ark, why: str, law: str) -> Beregning:
    ark.says("Der er ikke ret til ydelsen", why, law, total=True)
    return ark.done(Ydelse.KOMPENSATION, Decimal(0))
