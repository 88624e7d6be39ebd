"""Which child a text is about: how well a person fits what the text says of it.

Nothing here chooses a child. A child counts as found only where the CPR number and the name in the
text fit one and the same person and nobody else is named as the child; everything else is a list
of likely persons with the reasons, for a person to choose from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.names_said import CHILDREN
from dubu_plugin.domain.sought import Sought


class ChildState(StrEnum):
    """How sure it is which child an underretning is about."""

    FOUND = "fundet"
    """CPR number and name fit one person, or a person said so."""
    SUGGESTED = "foreslaaet"
    """There are likely persons, and nobody has said which."""
    UNKNOWN = "ukendt"
    """Nobody knows, or the child has no CPR number."""
    UNBORN = "ufoedt"


class Reason(StrEnum):
    """Why a person is a likely child. Stored with the candidate, joined by commas."""

    CPR = "cpr"
    NAME = "navn"
    MENTIONED = "naevnt"
    """The name stands in the text, and somebody else is said to be the child."""
    NAME_ALIKE = "navn_ligner"
    FIRST_NAME = "fornavn"
    ADDRESS = "adresse"
    BORN = "foedt"
    AGE = "alder"
    PREGNANT = "gravid"
    """The text is about an unborn child, and this is who expects it."""
    PARENT = "foraelder"
    """A parent's CPR number stands in the text, or a parent's name and address."""
    NO_NUMBER = "uden_nummer"
    """The child has a case here and no CPR number the address book knows: it may be the one."""


WEIGHTS: Final = {
    Reason.CPR: 60,
    Reason.NAME: 30,
    Reason.MENTIONED: 20,
    Reason.BORN: 20,
    Reason.NAME_ALIKE: 15,
    Reason.ADDRESS: 15,
    Reason.PREGNANT: 10,
    Reason.PARENT: 15,
    Reason.FIRST_NAME: 8,
    Reason.AGE: 3,
    Reason.NO_NUMBER: 10,
}
WORTH_SHOWING: Final = 15
MOST_CANDIDATES: Final = 8
_SURE: Final = frozenset({Reason.CPR, Reason.NAME})
_NEIGHBOURS: Final = frozenset({Reason.ADDRESS, Reason.AGE})
"""Who only lives there is shown where nobody is named in full."""
ALIKE: Final = 0.8
"""How much of two names must be the same, letter for letter in order, to look alike."""
OF_AGE: Final = CHILDREN


@dataclass(frozen=True, slots=True)
class Likely:
    """A person as matching sees them; made from the address book by who calls."""

    key: str
    name: str = field(repr=False)
    cpr: Cpr | None = None
    born: date | None = None
    address: str = field(default="", repr=False)
    """Empty where it is protected: a fit would give it away."""

    def age_on(self, day: date) -> int | None:
        """Return the age in whole years, or None where it is not known."""
        if self.born is None:
            return None
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def is_child_on(self, day: date) -> bool:
        """Tell whether it is somebody under 18; not where the age is unknown."""
        age = self.age_on(day)
        return age is not None and age < OF_AGE


@dataclass(frozen=True, slots=True)
class Candidate:
    """A likely person, how likely, and why."""

    person: Likely
    score: int
    reasons: tuple[Reason, ...]


# -- how well a person fits ------------------------------------------------------------------------


def names_agree(name: str, text: str) -> bool:
    """Tell whether a person's first and last name both stand in a text, as whole words."""
    words, said = folded(name).split(), set(folded(text).split())
    return len(words) > 1 and words[0] in said and words[-1] in said


def fits(person: Likely, sought: Sought, *, on: date) -> Candidate:
    """Return how well a person fits what the text says, on the day it was received."""
    reasons = [Reason.CPR] if person.cpr is not None and person.cpr in sought.cprs else []
    lives = bool(person.address) and any(
        _same_place(person.address, said) for said in sought.addresses
    )
    if named := _named(person, sought, lives=lives):
        reasons.append(named)
    if lives:
        reasons.append(Reason.ADDRESS)
    if person.born is not None and person.born in sought.born:
        reasons.append(Reason.BORN)
    age = person.age_on(on)
    if age is not None and sought.age is not None and abs(age - sought.age) <= 1:
        reasons.append(Reason.AGE)
    if sought.unborn and age is not None and age >= 12 and Reason.CPR in reasons:
        reasons.append(Reason.PREGNANT)
    return Candidate(person, sum(WEIGHTS[reason] for reason in reasons), tuple(reasons))


def _named(person: Likely, sought: Sought, *, lives: bool) -> Reason | None:
    """Return how somebody is named: as the child, as somebody in the text, or by the first name.

    A first name alone says something only of who lives where the text says.
    """
    found = _name_fit(person.name, (*sought.names, *sought.perhaps))
    if found is Reason.NAME:
        return found
    there = _name_fit(person.name, sought.mentioned)
    if there is Reason.NAME:
        return Reason.MENTIONED if sought.names else Reason.NAME
    if found is None and not sought.names:
        found = there
    if found is None and lives and _first_names(person.name) & sought.capitals:
        found = Reason.FIRST_NAME
    return found


def _first_names(name: str) -> set[str]:
    first = folded(name).split()[:1]
    return {form for one in first for form in (one, f"{one}s")}


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return those worth showing, the likeliest first, each person once."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.person.key)
        if known is None or candidate.score > known.score:
            best[candidate.person.key] = candidate
    worth = [one for one in best.values() if one.score >= WORTH_SHOWING]
    if any(_SURE & set(one.reasons) for one in worth):
        worth = [one for one in worth if not set(one.reasons) <= _NEIGHBOURS]
    # Of two that fit alike, the one the text names first comes first.
    return sorted(worth, key=lambda one: -one.score)[:MOST_CANDIDATES]


def the_child(
    by_cpr: Sequence[Likely],
    sought: Sought,
    text: str,
    *,
    on: date,
    others: Sequence[Candidate] = (),
) -> Likely | None:
    """Return the one child that CPR number and name agree on, or None where a person must choose.

    :param by_cpr: the persons whose CPR number stands in the text.
    :param others: everybody else who was found. Where nobody is said to be the child, another child
        named in full leaves the choice to a person; not one who is only called much the same, for
        whose number it is stands in the text.
    """
    children = [person for person in by_cpr if person.is_child_on(on)]
    if len(children) != 1 or sought.unborn:
        return None
    child = children[0]
    somebody_else = any(_name_fit(child.name, (name,)) is None for name in sought.names)
    said = (*sought.names, *sought.perhaps, *sought.mentioned)
    besides = [name for name in said if _name_fit(child.name, (name,)) is not Reason.NAME]
    somebody_else |= any(
        Reason.NAME in one.reasons and _name_fit(one.person.name, besides) is Reason.NAME
        for one in others
    )
    return child if names_agree(child.name, text) and not somebody_else else None


def _name_fit(name: str, said: Iterable[str]) -> Reason | None:
    """Return how a person's name fits the names in the text, the best way it does."""
    mine = folded(name).split()
    best: Reason | None = None
    for other in said:
        theirs = folded(other).split()
        if not mine or not theirs:
            continue
        if len(theirs) > 1 and _in_full(mine, theirs):
            return Reason.NAME
        if len(theirs) == 1:
            best = best or (Reason.FIRST_NAME if _is(theirs[0], mine[0]) else None)
        elif _alike(mine, theirs):
            best = Reason.NAME_ALIKE
    return best


def _in_full(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell whether first and last name stand there in their order, the last one's perhaps."""
    if mine[0] not in theirs:
        return False
    after = theirs[theirs.index(mine[0]) + 1 :]
    return any(_is(word, mine[-1]) for word in after)


def _alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell whether two names are nearly the same.

    So is one of two family names, an initial for a first name, and a name with a letter wrong.
    """
    first = theirs[0] == mine[0] or (len(theirs[0]) == 1 and mine[0].startswith(theirs[0]))
    if first and all(any(_is(word, one) for one in mine[1:]) for word in theirs[1:]):
        return True
    return SequenceMatcher(None, " ".join(mine), " ".join(theirs)).ratio() >= ALIKE


def _is(said: str, name: str) -> bool:
    """Tell whether a word is a name or its genitive: Demodals, Jens'."""
    return said in (name, f"{name}s", f"{name}'s", f"{name}'")


_PLACE: Final = re.compile(
    r"(?P<building>.*?\d+(?: ?[a-zæøå]\b)?)(?: (?P<floor>st|kl|stuen|\d{1,2})\b(?: sal| etage)?"
    r"(?: (?P<door>th|tv|mf|doer \d+)\b)?)?(?: |$)"
)


def _same_place(address: str, said: str) -> bool:
    """Tell whether an address is the one said; what only one of them has does not part them."""
    there, asked = _PLACE.match(folded(address)), _PLACE.match(folded(said))
    if there is None or asked is None:
        return folded(address).startswith(f"{folded(said)} ")
    return all(
        one == other or (part != "building" and None in (one, other))
        for part in ("building", "floor", "door")
        for one, other in [(there[part], asked[part])]
    )
