"""»Mangler«: what a skrift lacks before it can be approved."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.metode.method import FieldRole, Method
from dubu_plugin.metode.skriftform import SkriftForm

At = tuple[str, str]

WRITTEN_BY: Final = frozenset(
    {
        FieldRole.BESKRIVELSE,
        FieldRole.FAGLIG_VURDERING,
        FieldRole.FUNKTIONSNIVEAU,
    }
)
"""A dimension is written when these are, or when it says why it is not relevant."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not written."""

    place: str
    """A dimension's code, or empty."""
    field: str
    title: str
    what: str
    """What it lacks: ``ikke begyndt``, or the fields by their titles."""
    law: str = ""


def missing(
    form: SkriftForm,
    method: Method | None,
    said: Mapping[At, str],
    *,
    chosen: Collection[str] = (),
    today: date | None = None,
) -> Sequence[Missing]:
    """Return what is lacking, in the order of the skrift.

    :param said: what stands in it, by place and field; empty is nothing.
    :param chosen: the dimensions that are looked at, where not all of them are.
    :param today: the Danish day the days that must lie ahead are counted from; None asks nothing of
        them, as where the skrift stands.
    """
    return [*_dimensions(form, method, said, chosen), *_sections(form, said, today)]


def state_of(method: Method, dimension: str, said: Mapping[At, str]) -> str:
    """Return ``skrevet``, ``i_gang``, ``ikke_relevant`` or ``mangler`` for a dimension."""
    if any(
        said.get((dimension, one.code))
        for one in method.fields_of(dimension)
        if one.role is FieldRole.IKKE_RELEVANT
    ):
        return "ikke_relevant"
    if not _lacks(method, dimension, said):
        return "skrevet"
    begun = any(said.get((dimension, one.code)) for one in method.fields_of(dimension))
    return "i_gang" if begun else "mangler"


def _dimensions(
    form: SkriftForm, method: Method | None, said: Mapping[At, str], chosen: Collection[str]
) -> Iterator[Missing]:
    if method is None:
        return
    for one in method.dimensions:
        if form.chosen_dimensions and one.code not in chosen:
            continue
        state = state_of(method, one.code, said)
        if state in {"skrevet", "ikke_relevant"}:
            continue
        if state == "mangler" and one.code in method.may_be_empty:
            continue
        lacks = _lacks(method, one.code, said)
        words = "ikke begyndt" if state == "mangler" else ", ".join(lacks).lower()
        yield Missing(one.code, "", f"{one.number} {one.title}", words)
    if form.chosen_dimensions and not chosen:
        yield Missing(WHOLE, "", "Forhold", "vælg, hvilke der ses på", "§ 19")


def _sections(form: SkriftForm, said: Mapping[At, str], today: date | None) -> Iterator[Missing]:
    for one in form.afsnit:
        wanted, _, answer = one.required_when.partition("=")
        required = one.required or (answer and said.get((WHOLE, wanted)) == answer)
        if required and not said.get((WHOLE, one.code)):
            yield Missing(WHOLE, one.code, one.title, "ikke skrevet", one.law)
        elif one.within_months and today is not None:
            what = _day_off(said.get((WHOLE, one.code), ""), one.within_months, today)
            if what:
                yield Missing(WHOLE, one.code, one.title, what, one.law)


def _day_off(said: str, months: int, today: date) -> str:
    """Return what is wrong with a day that must lie ahead; empty where nothing is."""
    if not said:
        return ""
    day, last = date.fromisoformat(said), months_on(today, months)
    if day <= today:
        return "dagen er gået; vælg en dag efter i dag"
    if day > last:
        return f"dagen er for langt ude; vælg senest {long_date(last)}"
    return ""


def _lacks(method: Method, dimension: str, said: Mapping[At, str]) -> Sequence[str]:
    return [
        one.title
        for one in method.fields_of(dimension)
        if one.role in WRITTEN_BY and not said.get((dimension, one.code))
    ]
