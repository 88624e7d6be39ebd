"""Who can get a plan, as its page says it before it is sent: what of it stands in whose copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.usecases.plan.copies import Copy, left_out
from dubu_plugin.web.naming import first_name
from dubu_plugin.web.plan.view import Plan

SHOWN: Final = "set_i_planen"
"""The field that carries what of the plan the page has pointed out."""
COMMON: Final = (
    "På et søskendes egen sag, og i brevet til den, der kun har del i forældremyndigheden over "
    "søskendet, står formålet, varigheden og søskendets mål og ikke andet (§ 91, stk. 3)."
)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who can get a copy."""

    key: str
    name: str = field(repr=False)
    without: str = field(repr=False)
    """Which goals are not in it, in words; empty where all are."""


def receivers(plan: Plan) -> Sequence[Receiver]:
    """Return who can get a copy, with what stays out of it."""
    return [Receiver(str(one.to.id), one.to.name, _without(plan, one)) for one in plan.copies.each]


def pointed_out(plan: Plan) -> str:
    """Return what the page has pointed out, as `SHOWN` carries it."""
    everybody = {one.to.id for one in plan.copies.each}
    marks = {*left_out(plan.copies, plan.goals, everybody), *(one.mark for one in plan.named)}
    return ",".join(sorted(marks))


def notes(plan: Plan) -> Sequence[str]:
    """Return what is to be seen before a plan for several children is sent: a sentence each."""
    over = [danish.unbroken(_over(_first(plan, one))) for one in plan.copies.dropped]
    if not plan.opened.writes or plan.is_parents or not _siblings(plan):
        return over
    said = [_to_nobody(plan, one) for one in plan.copies.to_nobody(plan.goals)]
    said += [_naming(plan, place, names) for place, names in _named(plan).items()]
    return [*over, *(danish.unbroken(one) for one in said if one), danish.unbroken(COMMON)]


def naming(plan: Plan) -> Mapping[str, str]:
    """Return whom each goal that is a sibling's names, by the goal's key."""
    return {
        place.partition(":")[2]: f"Nævner {danish.listed(names)}"
        for place, names in _named(plan).items()
        if place != WHOLE
    }


def _siblings(plan: Plan) -> set[UUID]:
    return {one.person for one in plan.goals} - {plan.opened.skrift.person}


def _named(plan: Plan) -> Mapping[str, Sequence[str]]:
    found: dict[str, dict[str, None]] = {}
    for one in plan.named:
        found.setdefault(one.at[0], {})[one.names] = None
    return {place: list(names) for place, names in found.items()}


def _without(plan: Plan, copy: Copy) -> str:
    """Return what a copy leaves out, or what alone it has: ``Uden mål 5 (Viggo)``."""
    if plan.opened.skrift.person not in copy.children:
        if not any(copy.has(one) for one in plan.goals):
            over = danish.listed([_first(plan, one) for one in copy.children])
            return danish.unbroken(f"Kun besked om, at planen ikke gælder mere for {over}")
        has = [number for child in copy.children for number in _of(plan, child)]
        return danish.unbroken(f"Kun formålet, varigheden og {_goals(sorted(has, key=int))}")
    out = dict.fromkeys(one.person for one in plan.goals if not copy.has(one))
    if not out:
        return ""
    each = [f"{_goals(_of(plan, child))} ({_first(plan, child)})" for child in out]
    return danish.unbroken(f"Uden {danish.listed(each)}")


def _over(name: str) -> str:
    return (
        f"{name} har ikke længere mål i planen, så den gælder ikke mere for {name}, når du sender "
        f"den. Det noteres på {danish.whose(name)} egen sag, hvis du skriver på den, og står i "
        f"brevet til forældrene (§ 91, stk. 3)."
    )


def _to_nobody(plan: Plan, child: UUID) -> str:
    numbers = _goals(_of(plan, child))
    name = _first(plan, child)
    if child == plan.opened.skrift.person or not numbers:
        return ""
    said = f"{numbers[:1].upper()}{numbers[1:]} ({name}) kommer ikke med i noget brev: "
    if child in plan.copies.grown:
        return f"{said}{name} er fyldt 18. Giv selv {name} det, der står."
    return (
        f"{said}det vides ikke, hvem der har forældremyndigheden over {name}. Gem, så spørges "
        f"adressebogen igen, eller skriv det i netværket på {danish.whose(name)} egen sag."
    )


def _naming(plan: Plan, place: str, names: Sequence[str]) -> str:
    if place == WHOLE:
        return (
            f"Formålet eller varigheden nævner {danish.listed(names)} og kommer også med på "
            f"søskendes sag. Skriv det, så det passer til alle børnene."
        )
    number, goal = next((n, one) for n, one in enumerate(plan.goals, 1) if one.place == place)
    name = _first(plan, goal.person)
    return (
        f"Mål {number} er {danish.whose(name)}, men nævner {danish.listed(names)}. Skriv det om, "
        f"så det passer til {name} (§ 91, stk. 3), eller send det, hvis det skal stå sådan."
    )


def _of(plan: Plan, child: UUID) -> Sequence[str]:
    """Return the numbers of a child's goals."""
    return [str(number) for number, one in enumerate(plan.goals, 1) if one.person == child]


def _goals(numbers: Sequence[str]) -> str:
    return f"mål {danish.listed(numbers)}" if numbers else ""


def _first(plan: Plan, child: UUID) -> str:
    return first_name(plan.children.get(child) or plan.dropped.get(child, ""))
