"""The rates as they are delivered, and a file of one's own read so that it fits beside them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.beregning.linjer import number
from dubu_plugin.domain.satser import YES, Sats, Satser, Unit
from dubu_plugin.frister import ownfolder
from dubu_plugin.kataloger.satsfile import SatsError, read

WORDS: Final = {
    Unit.KR: "kr.", Unit.KR_MD: "kr. om måneden", Unit.KR_AAR: "kr. om året", Unit.PCT: "pct.",
    Unit.TIMER: "timer om måneden",
}  # fmt: skip
"""What stands after an amount."""
MONEY: Final = frozenset({Unit.KR, Unit.KR_MD, Unit.KR_AAR})


def delivered(folder: Path) -> Satser:
    """Return the rates of the files in a folder.

    :raises SatsError: one cannot be read, or two rows of a code begin on the same day.
    """
    found: list[Sats] = []
    for file in ownfolder.toml_files(folder):
        found.extend(_rows(file, found, own=False))
    return Satser(found)


def own_rows(file: Path, known: Satser, beside: Sequence[tuple[Sats, str]] = ()) -> Sequence[Sats]:
    """Return the rows of a file of the municipality's own.

    :param known: the delivered rates: one's own are of their codes.
    :param beside: one's own that are there already, each with the file it came by, if any.
    :raises SatsError: it cannot be read, or does not fit the rest.
    """
    units = {one.code: one.unit for one in known.rows}
    placed = list(read(file, own=True))
    if not placed:
        raise SatsError(file, 1, "der er ingen [[sats]] i filen")
    there = {(one.code, one.valid_from): where for one, where in beside}
    for one, place in placed:
        line = place.place.line
        if one.code not in units:
            said = f"{one.code} bruges ikke i nogen beregning; brug en af {', '.join(units)}"
            raise SatsError(file, line, said)
        if one.unit is not units[one.code]:
            raise SatsError(file, line, f"{one.code} regnes i {units[one.code]}, ikke i {one.unit}")
        if (one.code, one.valid_from) in there:
            where = there[one.code, one.valid_from]
            by = f" i {where}" if where else ", lagt ind på siden"
            said = f"{one.code} fra {one.valid_from} står der allerede{by}"
            raise SatsError(file, line, said)
    return _rows(file, [], own=True)


def _rows(file: Path, before: Sequence[Sats], *, own: bool) -> Sequence[Sats]:
    seen: set[tuple[str, date]] = {(one.code, one.valid_from) for one in before}
    found = []
    for one, place in read(file, own=own):
        if (one.code, one.valid_from) in seen:
            said = f"{one.code} fra {one.valid_from} står der allerede"
            raise SatsError(file, place.place.line, said)
        seen.add((one.code, one.valid_from))
        found.append(one)
    return found


def amount_words(one: Sats) -> str:
    """Return a rate as it is read: ``38.380,00 kr. om måneden``."""
    if one.unit is Unit.JA_NEJ:
        return "ja" if one.amount == YES else "nej"
    figure = danish.decimal_text(one.amount) if one.unit in MONEY else number(one.amount)
    return f"{figure} {WORDS[one.unit]}"
