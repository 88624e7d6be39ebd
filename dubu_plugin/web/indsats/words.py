"""How an indsats is written on the screen: what it is, how much, how long, and what it was."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.indsatser import Catalogue, IndsatsState, Skift
from dubu_plugin.store.indsats.indsatser import Change, Indsats
from dubu_plugin.usecases.indsats.extent import extent
from dubu_plugin.usecases.indsats.tilsyn import TALKS

STATES: Final[Mapping[IndsatsState, tuple[str, str, str]]] = {
    IndsatsState.PLANLAGT: ("Planlagt", "act", "time"),
    IndsatsState.I_GANG: ("I gang", "done", "check"),
    IndsatsState.OPHOERT: ("Afsluttet", "", ""),
    IndsatsState.OPGIVET: ("Opgivet", "", ""),
}
CHANGES: Final[Mapping[Skift, str]] = {
    Skift.START: "Sat i gang",
    Skift.AENDRING: "Ændret",
    Skift.FORTSAETTELSE: "Fortsætter",
    Skift.FLYTNING: "Barnet flyttet til et andet sted",
    Skift.OPHOER: "Afsluttet",
    Skift.TILSYN: "Tilsynsbesøg",
}
COLUMNS: Final[Mapping[str, str]] = {
    "starts_on": "første dag",
    "expected_end": "ventet sidste dag",
    "supplier": "leverandør",
    "place": "sted",
    "place_name": "stedets navn",
}
"""What is said to have been before, by the column that changed."""


def title(rows: Catalogue, its: Indsats) -> str:
    """Return what an indsats is called, also where the catalogue has lost it."""
    found = rows.indsats(its.code, its.starts_on)
    return found.title if found else its.code


def place(rows: Catalogue, its: Indsats) -> str:
    """Return where the child is by it, for whoever works on the case; empty where nowhere."""
    if its.place is None:
        return ""
    found = rows.place(its.place, its.starts_on)
    words = found.title if found else its.place
    return f"{words}: {its.place_name}" if its.place_name else words


def period(its: Indsats, today: date) -> str:
    """Return from when to when."""
    began = danish.list_date(its.starts_on, today)
    if its.ended_on:
        return f"{began} til {danish.list_date(its.ended_on, today)}"
    until = (
        f", ventes at slutte {danish.list_date(its.expected_end, today)}"
        if its.expected_end
        else ""
    )
    return f"fra {began}{until}"


def was(rows: Catalogue, its: Indsats, change: Change, today: date) -> str:
    """Return what stood before a change, or nothing."""
    found = []
    before = change.before
    if "amount" in before or "per" in before:
        amount = before.get("amount", written(its.amount))
        words = extent(Decimal(amount), its.unit, before.get("per", its.per)) if amount else "intet"
        found.append(f"omfang {words}")
    for name, label in COLUMNS.items():
        if name in before:
            found.append(f"{label} {_value(rows, its, name, before[name], today)}")
    if "place_hidden" in before:
        found.append("stedet skjult (§ 105)" if before["place_hidden"] else "stedet ikke skjult")
    if "maal" in before:
        found.append(danish.counted(len(before["maal"]), "mål", "mål"))
    return danish.unbroken(f"Før: {', '.join(found)}.") if found else ""


def why(rows: Catalogue, change: Change) -> str:
    """Return the reason of a change, or how the child was talked with."""
    if change.kind is Skift.TILSYN:
        return TALKS.get(change.reason or "", "")
    return next((one.title for one in rows.all_reasons if one.code == change.reason), "")


def written(value: Decimal | None) -> str | None:
    """Return an amount as it is kept in what was before."""
    return None if value is None else str(value)


def _value(rows: Catalogue, its: Indsats, name: str, value: Any, today: date) -> str:
    if not value:
        return "intet"
    if name in ("starts_on", "expected_end"):
        return danish.list_date(date.fromisoformat(value), today)
    if name == "place":
        found = rows.place(value, its.starts_on)
        return found.title if found else str(value)
    return str(value)
