"""The indsatser a decision gives, as they stand in its form and as they were sent.

The first is beside the decision's own purpose and period; those after it have theirs, by number.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from dubu_plugin.domain.afgoerelser import Given
from dubu_plugin.domain.gates.given import field_of

MOST: Final = 12
"""So many indsatser no decision gives."""
LONGEST_PURPOSE: Final = 500
"""In characters; more than that is the decision's own purpose."""
Day = Callable[[str, str, dict[str, str]], date | None]
"""How a day is read: the field, what was typed, and what is wrong."""


def values_of(given: Sequence[Given]) -> dict[str, str]:
    """Return what stands in the form: every indsats, and room for one more."""
    values = {"indsats": _value(given[0]) if given else ""}
    for number in range(2, min(max(len(given), 1) + 1, MOST) + 1):
        one = given[number - 1] if number <= len(given) else None
        values |= {
            field_of("indsats", number): _value(one) if one else "",
            field_of("formaal", number): one.purpose if one else "",
            field_of("fra", number): _text(one.starts_on) if one else "",
            field_of("til", number): _text(one.ends_on) if one else "",
        }
    return values


def numbers(values: Mapping[str, str]) -> Sequence[int]:
    """Return which of the form's indsatser have fields of their own."""
    return [number for number in range(2, MOST + 1) if field_of("indsats", number) in values]


def given_of(sent: Mapping[str, str], day: Day, wrong: dict[str, str]) -> Sequence[Given]:
    """Return the indsatser that were sent; what cannot be read is put among what is wrong."""
    found = [_one(sent["indsats"])] if sent.get("indsats") else []
    for number in numbers(sent):
        names = {name: field_of(name, number) for name in ("indsats", "formaal", "fra", "til")}
        said = {name: sent.get(field, "") for name, field in names.items()}
        if not any(said.values()):
            continue
        if not said["indsats"]:
            wrong[names["indsats"]] = "Vælg, hvad der gives, eller tøm felterne under den."
            continue
        if len(said["formaal"]) > LONGEST_PURPOSE:
            wrong[names["formaal"]] = "Teksten er for lang. Skriv resten under »Formål«."
        one = _one(said["indsats"])
        found.append(
            Given(
                code=one.code, place=one.place, purpose=said["formaal"],
                starts_on=day(names["fra"], said["fra"], wrong),
                ends_on=day(names["til"], said["til"], wrong),
            )
        )  # fmt: skip
    return found


def _one(value: str) -> Given:
    code, _, place = value.partition(":")
    return Given(code=code, place=place or None)


def _value(one: Given) -> str:
    return f"{one.code}:{one.place or ''}"


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
