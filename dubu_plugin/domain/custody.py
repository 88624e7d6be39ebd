"""Who holds custody of a child, and who must be asked because of it.

Custody decides who is a party and who must consent. It is a fact about the child, so it is said of
everybody around it together: whoever is not among the holders has none.

Sources: forældreansvarsloven §§ 2-4 (custody, joint or alone) and 17 (where the child lives);
barnets lov §§ 32 and 46 (consent).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import listed
from dubu_plugin.domain.netvaerk import MAY_HOLD, PARENTS, Myndighed, Part

OF_AGE: Final = 18
"""From this age nobody holds custody of anybody."""


class Kendt(StrEnum):
    """How it is known who has custody. The value is stored."""

    CPR = "cpr"
    DOKUMENT = "dokument"
    OPLYST = "oplyst"


KNOWN_BY: Final[Mapping[Kendt, str]] = {
    Kendt.CPR: "Opslag i CPR",
    Kendt.DOKUMENT: "Dom, aftale eller afgørelse",
    Kendt.OPLYST: "Familien har sagt det",
}


def holders(parts: Mapping[UUID, Part]) -> frozenset[UUID]:
    """Return who has a part in the custody, as far as anybody has said.

    Where somebody has said who the holders are, a parent nobody spoke of has none.
    """
    return frozenset(who for who, part in parts.items() if part.custody is Myndighed.DEL)


def is_known(parts: Mapping[UUID, Part]) -> bool:
    """Tell whether anybody has said who holds custody."""
    return bool(holders(parts))


def may_be_holders(parts: Mapping[UUID, Part]) -> frozenset[UUID]:
    """Return who must be asked: the holders, or each parent who may be one while it is not known.

    To leave out somebody who has custody is worse than to ask one parent too many.
    """
    known = holders(parts)
    if known:
        return known
    return frozenset(who for who, part in parts.items() if part.custody is Myndighed.UKENDT)


def parents_and_holders(parts: Mapping[UUID, Part]) -> frozenset[UUID]:
    """Return the parents, whatever part they have in the custody, and whoever else has one."""
    parents = {who for who, part in parts.items() if part.role in PARENTS}
    return holders(parts) | parents


def with_holders(
    parts: Mapping[UUID, Part], held_by: Iterable[UUID], homes: Iterable[UUID]
) -> Mapping[UUID, Part]:
    """Return the parts that change when it is said who has custody and where the child lives.

    Where nobody has it as far as is known, the parents' custody is not known again.
    """
    have, house = frozenset(held_by), frozenset(homes)
    changed = {}
    for who, part in parts.items():
        without = Myndighed.INGEN
        if not have and part.role in PARENTS:
            without = Myndighed.UKENDT
        new = replace(
            part,
            custody=Myndighed.DEL if who in have else without,
            lives_here=who in house,
        )
        if new != part:
            changed[who] = new
    return changed


def custody_words(held_by: Sequence[str], homes: Sequence[str], born: date | None,
                  today: date) -> str:  # fmt: skip
    """Return custody as the child's header says it: ``Fælles, bor hos mor``; empty where not known.

    :param held_by: the holders' roles inside a sentence.
    :param homes: the roles of those the child lives with.
    """
    if born is not None and age_on(born, today) >= OF_AGE:
        return "Myndig"
    lives = f"bor hos {listed(homes)}" if homes else ""
    if len(held_by) > 1:
        both = set(held_by) == {"mor", "far"}
        who = "Fælles" if both else f"Fælles for {listed(held_by)}"
    elif held_by:
        who = f"{held_by[0][:1].upper()}{held_by[0][1:]} alene"
    else:
        return ""
    if len(held_by) == 1 and list(homes) == list(held_by):
        return who
    return f"{who}, {lives}" if lives else who


def wrong_custody(
    parts: Mapping[UUID, Part], held_by: Iterable[UUID], homes: Iterable[UUID]
) -> Mapping[str, str]:
    """Return what cannot be about custody, by field."""
    wrong = {}
    have = frozenset(held_by)
    if any(parts[who].role not in MAY_HOLD for who in have):
        wrong["har"] = "Kun en voksen i familien eller en, der har fået den, kan have den."
    elif len(have) > 2:
        wrong["har"] = (
            "Højst to kan have forældremyndigheden sammen (forældreansvarsloven § 2). Vælg dem."
        )
    if len(frozenset(homes)) > 2:
        wrong["bor"] = "Vælg højst to, barnet bor hos."
    return wrong
