"""The second person of § 137 in words: who may be asked, who is asked, and what they answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.store.family.known_family import Colleague
from dubu_plugin.store.underretning.genvurderinger import Answer, Genvurdering
from dubu_plugin.web.underretning.view import Somebody, at_work

MOST_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class FreshEyes:
    """The question of the second person."""

    question: str
    reason: str
    people: Sequence[Somebody]
    others: Sequence[tuple[str, str]]
    note: str


def fresh_eyes(
    able: Sequence[Colleague], everybody: Sequence[Colleague], *, me: str, unit: str | None,
    handled: frozenset[str], child: str, chosen: str,
) -> FreshEyes:  # fmt: skip
    """Return who may take part: those who have not handled the case, oneself and the nearest first.

    :param able: those who may open the underretning and are not related to the child.
    """
    new = [one for one in able if one.key not in handled]
    new.sort(
        key=lambda one: (
            one.key != chosen, one.key != me, one.unit != unit, one.unit_name or "", one.name
        )
    )  # fmt: skip
    near, rest = new[:MOST_SHOWN], new[MOST_SHOWN:]
    names = [one.name.split(" ")[0] for one in everybody if one.key in handled and one.key != me]
    notes = (
        [f"{danish.listed(names[:5])} har behandlet sagen før og kan ikke vælges."] if names else []
    )
    if not new:
        notes.append(
            "Ingen, der kan åbne underretningen, er ny på sagen. Gem alligevel, så 24-timers "
            "fristen holdes, og tal med din leder: pligten bliver stående."
        )
    elif [one.key for one in new] != [me]:
        notes.append("Den, du vælger, får en linje på Min dag og bekræfter selv.")
    return FreshEyes(
        question="Hvem deltager uden at have haft sagen?",
        reason=f"{child} får støtte nu. En, der ikke har haft sagen, skal være med (§ 137).",
        people=[Somebody(one.key, *_named(one, me)) for one in near],
        others=[(one.key, at_work(one)) for one in rest],
        note=" ".join(notes),
    )


def _named(one: Colleague, me: str) -> tuple[str, str]:
    if one.key == me:
        return "Mig selv", "jeg har ikke haft sagen før"
    return one.name, one.title or ""


def standing(
    question: Genvurdering | None, named: str | None, names: Mapping[str, str], now: datetime
) -> str:
    """Return who takes part and how it stands, for the assessment; empty where nobody is named.

    :param named: who the assessment names, where it was never a question.
    :param names: employees' names by their keys.
    """
    if question is None:
        return names.get(named or "", "")
    who = names.get(question.employee, "En tidligere medarbejder")
    asked = danish.list_moment(question.asked_at, now)
    at = danish.list_moment(question.answered_at or question.asked_at, now)
    match question.state:
        case Answer.CONFIRMED:
            said = f"{who} har bekræftet {at}"
            return f"{said}: {question.words}" if question.words else said
        case Answer.DECLINED:
            why = f": {question.words}" if question.words else ""
            return f"{who} har sagt nej {at}{why}. Spørg en anden."
        case Answer.ASKED:
            return f"{who} er spurgt {asked} og har ikke bekræftet endnu"
    return ""
