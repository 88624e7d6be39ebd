"""A decision that is made, as it is read: what it takes, from when to when, and what is written."""

from collections.abc import Mapping, Sequence

from dubu_plugin.domain import danish
from dubu_plugin.domain.gates.again import OWN_DAY, own_day
from dubu_plugin.metode.skriftform import Afsnit
from dubu_plugin.usecases.afgoerelse.whole import Whole


def read_lines(it: Whole, afsnit: Sequence[Afsnit]) -> Sequence[tuple[str, str]]:
    """Return each part of it with what it is called, in the order of the form."""
    return [*_ends(it), *_period(it), *read_sections(afsnit, it.said)]


def read_sections(afsnit: Sequence[Afsnit], said: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Return what is written, in the order of the form."""
    written = [one for one in afsnit if said.get(one.code, "").strip()]
    return [(one.title, _answer(one, said[one.code])) for one in written]


def _ends(it: Whole) -> Sequence[tuple[str, str]]:
    """Return the help a decision takes."""
    named = [one.title for one in it.helps if one.named]
    return [("Hjælp, der hører op", "\n".join(named))] if named else []


def _period(it: Whole) -> Sequence[tuple[str, str]]:
    """Return from when to when a decision is."""
    its = it.afgoerelse
    days = [
        f"{word} {danish.long_date(when)}"
        for word, when in (("fra", its.starts_on), ("til og med", its.ends_on))
        if when is not None and not it.matter.examined
    ]
    return [("Periode", danish.unbroken(" ".join(days)))] if days else []


def _answer(one: Afsnit, text: str) -> str:
    if one.code == OWN_DAY and (day := own_day(text)):
        return danish.long_date(day)
    return next((choice.title for choice in one.choices if choice.value == text), text)
