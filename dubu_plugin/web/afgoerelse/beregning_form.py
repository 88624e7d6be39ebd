"""The form of a reckoning: what stands in it, and what was sent read as figures."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.beregning.kompensation import (
    Grundlag,
    KompensationInput,
    Udgift,
    Udgiftstype,
)
from dubu_plugin.domain.beregning.linjer import Ydelse, number
from dubu_plugin.domain.beregning.tabt import Loen, TabtInput
from dubu_plugin.usecases.afgoerelse.reckon import Given

ROWS: Final = 12
"""How many expenses there is room for."""
BLANK: Final = 4
"""How many empty rows are shown after those that are filled in."""
FULL_WEEK: Final = "37"
YES: Final = "ja"
LONGEST: Final = 120
MOST: Final = Decimal(10_000_000)

_THOUSANDS: Final = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,4})?")
_PLAIN: Final = re.compile(r"\d{1,8}([.,]\d{1,4})?")

FIGURES: Final[Mapping[str, str]] = {
    "timer": "hours", "fuld_tid": "full_hours", "loen": "pay", "pension": "employer_pension",
    "sparet": "saved",
}  # fmt: skip
"""The names of the form, and those of `TabtInput`."""
MUST_HAVE: Final = frozenset({"timer", "fuld_tid", "loen"})
ASKS: Final = {
    "timer": "Skriv, hvor mange timer der gives.",
    "fuld_tid": "Skriv forælderens hele arbejdstid.",
    "loen": "Skriv lønnen før skat.",
}


def figure(text: str) -> Decimal | None:
    """Return a figure as people write it, ``34.000,50`` or ``34000``; None where it is none."""
    bare = text.replace("kr.", "").replace("kr", "").replace("\u00a0", "").replace(" ", "")
    if _THOUSANDS.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    return None


def read(kind: Ydelse, sent: Mapping[str, str], wrong: dict[str, str]) -> Given | None:
    """Return what was sent; what cannot be is put among what is wrong, and None is returned."""
    before = len(wrong)
    given = _tabt(sent, wrong) if kind is Ydelse.TABT else _kompensation(sent, wrong)
    return given if len(wrong) == before else None


def values_of(given: Given | None) -> dict[str, str]:
    """Return what stands in the form."""
    if isinstance(given, TabtInput):
        values = {name: _text(getattr(given, column)) for name, column in FIGURES.items()}
        return {
            **values, "maade": given.paid_by.value,
            "tjenestemand": YES if given.civil_servant else "",
        }  # fmt: skip
    values = {"grundlag": Grundlag.SANDSYNLIGGJORT.value, "maade": Loen.MAANED.value,
              "fuld_tid": FULL_WEEK}  # fmt: skip
    if given is not None:
        values["grundlag"] = given.basis.value
        for at, one in enumerate(given.expenses[:ROWS]):
            values |= {f"udgift-{at}": one.title, f"type-{at}": one.kind.value,
                       f"beloeb-{at}": danish.decimal_text(one.yearly)}  # fmt: skip
    return values


def rows(values: Mapping[str, str]) -> range:
    """Return which rows of expenses are shown: those that are filled in, and a few empty ones."""
    filled = [at for at in range(ROWS) if any(values.get(f"{one}-{at}") for one in _COLUMNS)]
    return range(min(ROWS, (filled[-1] + 1 if filled else 0) + BLANK))


_COLUMNS: Final = ("udgift", "type", "beloeb")


def _tabt(sent: Mapping[str, str], wrong: dict[str, str]) -> TabtInput | None:
    found: dict[str, Decimal] = {}
    for name, column in FIGURES.items():
        text = sent.get(name, "")
        if not text:
            if name in MUST_HAVE:
                wrong[name] = ASKS[name]
            continue
        amount = figure(text)
        if amount is None or amount > MOST or (name in MUST_HAVE and not amount):
            wrong[name] = "Skriv et tal over 0, for eksempel 34.000 eller 7,5."
            continue
        found[column] = amount
    if "hours" in found and "full_hours" in found and found["hours"] > found["full_hours"]:
        wrong["timer"] = "Der kan ikke gives flere timer end hele arbejdstiden."
    if wrong:
        return None
    by = Loen.TIME if sent.get("maade") == Loen.TIME else Loen.MAANED
    return TabtInput(**found, paid_by=by, civil_servant=sent.get("tjenestemand") == YES)


def _kompensation(sent: Mapping[str, str], wrong: dict[str, str]) -> KompensationInput | None:
    expenses = []
    for at in range(ROWS):
        title, kind, text = (sent.get(f"{one}-{at}", "").strip() for one in _COLUMNS)
        if not title and not text:
            continue
        amount = figure(text)
        if not title or len(title) > LONGEST:
            wrong[f"udgift-{at}"] = "Skriv kort, hvad udgiften er til."
        if amount is None or not 0 < amount <= MOST:
            wrong[f"beloeb-{at}"] = "Skriv beløbet for et år, for eksempel 1.800."
        if kind not in set(Udgiftstype):
            wrong[f"type-{at}"] = "Vælg en type."
        if amount is not None and kind in set(Udgiftstype):
            expenses.append(Udgift(title, Udgiftstype(kind), amount))
    if not expenses and not wrong:
        wrong["udgift-0"] = "Skriv mindst én udgift."
    if wrong:
        return None
    documented = sent.get("grundlag") == Grundlag.DOKUMENTERET
    basis = Grundlag.DOKUMENTERET if documented else Grundlag.SANDSYNLIGGJORT
    return KompensationInput(basis=basis, expenses=expenses)


def _text(amount: Decimal) -> str:
    return number(amount) if amount else ""
