"""Which child a text is about: what the text says of it, and how well a person fits that.

Nothing here chooses a child. A child counts as found only where the CPR number and the name in the
text fit one and the same person and nobody else is named as the child; everything else is a list
of likely persons with the reasons, for a person to choose from.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from dubu_plugin.domain import small_names
from dubu_plugin.domain.cpr import Cpr, NotACpr
from dubu_plugin.domain.danish import MONTHS
from dubu_plugin.domain.small_names import NO_NAMES


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
    NAME_ALIKE = "navn_ligner"
    FIRST_NAME = "fornavn"
    ADDRESS = "adresse"
    BORN = "foedt"
    AGE = "alder"
    PREGNANT = "gravid"
    """The text is about an unborn child, and this is who expects it."""
    PARENT = "foraelder"
    """A parent's CPR number stands in the text."""


WEIGHTS: Final = {
    Reason.CPR: 60,
    Reason.NAME: 30,
    Reason.BORN: 20,
    Reason.NAME_ALIKE: 15,
    Reason.ADDRESS: 15,
    Reason.PREGNANT: 10,
    Reason.PARENT: 15,
    Reason.FIRST_NAME: 8,
    Reason.AGE: 3,
}
WORTH_SHOWING: Final = 15
MOST_CANDIDATES: Final = 8
ALIKE: Final = 0.8
"""How much of two names must be the same, letter for letter in order, to look alike."""
OF_AGE: Final = 18
LONGEST: Final = 200_000
"""How many characters of a text are looked through."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a text says of the child it is about."""

    names: tuple[str, ...] = field(default=(), repr=False)
    """Those named as the child, the surest first."""
    perhaps: tuple[str, ...] = field(default=(), repr=False)
    """What may be a name though it is written in small letters. Looked up, and never more."""
    cprs: tuple[Cpr, ...] = ()
    no_dates: int = 0
    """How many numbers look like a CPR number and begin with no date."""
    addresses: tuple[str, ...] = field(default=(), repr=False)
    born: tuple[date, ...] = ()
    age: int | None = None
    unborn: bool = False
    due: date | None = None
    """The expected day of birth of an unborn child."""


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


# -- what the text says ----------------------------------------------------------------------------

_CPR: Final = re.compile(r"(?<![\d-])(\d{6})(\s?[-–]\s?|\s)?(\d{4})(?![\d-])")
# Every repetition has a bound, so that no text makes the search for names take for ever.
_WORD: Final = r"[A-ZÆØÅÉÖÄÜ][\w'’.-]{0,40}"
_NAME: Final = rf"{_WORD}(?:[ ]{_WORD}){{0,4}}"
_LABELS: Final = (
    r"(?:barnets|den unges|elevens|den gravides|den kommende mors) navn|navn på (?:barnet|den unge)"
    r"|barnet|barn|elev|den unge|gravide?"
)
_LABELLED: Final = re.compile(
    rf"^[ \t]{{0,9}}(?i:{_LABELS})[ \t]{{0,9}}[:\t ][ \t]{{0,9}}({_NAME})", re.MULTILINE
)
_SPOKEN_OF: Final = re.compile(
    r"(?i:\bunderret\w*[ ]om|\bbekymring[ ]for|\bbekymrede?[ ]for|\bvedrørende|\bvedr\."
    r"|\bnabo[ ]til|\bbarnet[ ]hedder"
    r"|\b(?:vores|min|mit|deres|hendes|hans)[ ](?:søn|datter|barn|elev|barnebarn))"
    rf"[ ]({_NAME})(?:[ ]og[ ]({_NAME}))?"
)
_BEFORE_CPR: Final = re.compile(rf"\b({_NAME}),?[ ]\(?(?i:cpr|f\.|født)")
_BEFORE_AGE: Final = re.compile(
    rf"\b({_NAME}),?[ ]\(?(?:(?:på|er)[ ])?(?:kun[ ])?(\d{{1,2}})[- ]?(?i:år)\b"
)
_STREETS: Final = (
    "vej|gade|gaden|allé|alle|vænge|vænget|stræde|plads|pladsen|toft|toften|park|parken|sti|stien"
    "|have|haven|bakke|bakken|krog|krogen|bo|gård|gården|torv|torvet|skrænt|skrænten|eng|engen"
    "|lund|lunden|høj|højen|dal|dalen|ager|boulevard|kaj|bro|led"
)
_ADDRESS: Final = re.compile(
    rf"\b((?:[A-ZÆØÅ]\w{{1,30}} ){{0,2}}[A-ZÆØÅ]\w{{0,30}}(?:{_STREETS}) \d{{1,3}} ?[A-Z]?)\b"
)
_DATE: Final = (
    rf"(\d{{1,2}})(?:[./-] ?|\. )(\d{{1,2}}|{'|'.join(MONTHS)})(?:[./-]? ?)(\d{{4}}|\d{{2}})\b"
)
_BORN: Final = re.compile(rf"(?i)\b(?:født|fødselsdato|f\.)[ :\t]{{0,9}}(?:d\.|den)? ?{_DATE}")
_DUE: Final = re.compile(
    rf"(?i)\btermin\w{{0,20}}[ :\t]{{0,9}}(?:er|den|d\.|ca\.|omkring|sat til|\s){{0,6}}{_DATE}"
)
_UNBORN: Final = re.compile(r"(?i)\bufødt|\bgravid|\bgestationsuge|\bkommende (?:mor|forældre)")
_AGE: Final = re.compile(r"(?i)\b(\d{1,2})[- ]?år(?:ig|s)?\b")


def sought_in(text: str) -> Sought:
    """Return what a text says of the child it is about, in its first fifty pages or so."""
    text = text[:LONGEST]
    cprs, no_dates = _cprs(text)
    age = _AGE.search(text)
    due = (_day(found.groups(), 2000) for found in _DUE.finditer(text))
    return Sought(
        names=_names(text) or (() if cprs else _aged(text)),
        perhaps=small_names.spoken_of(text),
        cprs=cprs,
        no_dates=no_dates,
        addresses=tuple(dict.fromkeys(found.group(1).strip() for found in _ADDRESS.finditer(text))),
        born=tuple(day for found in _BORN.finditer(text) if (day := _day(found.groups(), 2000))),
        age=int(age.group(1)) if age and int(age.group(1)) < OF_AGE else None,
        unborn=bool(_UNBORN.search(text)),
        due=next((day for day in due if day), None),
    )


def _cprs(text: str) -> tuple[tuple[Cpr, ...], int]:
    found: dict[Cpr, None] = {}
    no_dates = 0
    for match in _CPR.finditer(text):
        try:
            found[Cpr.parse(match.group(1) + match.group(3))] = None
        except NotACpr:
            written_as_one = "-" in (match.group(2) or "")
            no_dates += written_as_one
    return tuple(found), no_dates


def _names(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for pattern in (_LABELLED, _SPOKEN_OF, _BEFORE_CPR):
        for match in pattern.finditer(text):
            for name in match.groups():
                words = [word for word in (name or "").rstrip(".'’").split() if word]
                if words and not any(NO_NAMES.search(word) for word in words):
                    found[" ".join(words)] = None
    found |= dict.fromkeys(small_names.labelled(text))
    return tuple(name for name in found if not any(_says_more(other, name) for other in found))


def _aged(text: str) -> tuple[str, ...]:
    """Return who is named with a child's age, as somebody on the telephone says it.

    Asked only where nothing else says who it is: a sibling is told of in the same words.
    """
    found = (one.groups() for one in _BEFORE_AGE.finditer(text) if int(one.group(2)) < OF_AGE)
    names = (name for name, _age in found if not any(map(NO_NAMES.search, name.split())))
    return tuple(dict.fromkeys(names))


def _says_more(longer: str, shorter: str) -> bool:
    return longer != shorter and set(folded(shorter).split()) < set(folded(longer).split())


def _day(parts: Sequence[str | None], century: int) -> date | None:
    day, month, year = (part or "" for part in parts)
    number = MONTHS.index(month.lower()) + 1 if month.lower() in MONTHS else int(month)
    try:
        return date(int(year) + (century if len(year) == 2 else 0), number, int(day))
    except ValueError:
        return None


# -- how well a person fits ------------------------------------------------------------------------

_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "y"})


def folded(text: str) -> str:
    """Return a text for comparing: lower case, no accents, Danish letters in two, hyphens apart."""
    lower = text.casefold().translate(_LETTERS).replace("-", " ").replace("’", "'")
    plain = unicodedata.normalize("NFKD", lower)
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w']", " ", kept).split())


def names_agree(name: str, text: str) -> bool:
    """Tell whether a person's first and last name both stand in a text, as whole words."""
    words, said = folded(name).split(), set(folded(text).split())
    return len(words) > 1 and words[0] in said and words[-1] in said


def fits(person: Likely, sought: Sought, *, on: date) -> Candidate:
    """Return how well a person fits what the text says, on the day it was received."""
    reasons = [Reason.CPR] if person.cpr is not None and person.cpr in sought.cprs else []
    if named := _name_fit(person.name, (*sought.names, *sought.perhaps)):
        reasons.append(named)
    if person.address and any(_same_place(person.address, said) for said in sought.addresses):
        reasons.append(Reason.ADDRESS)
    if person.born is not None and person.born in sought.born:
        reasons.append(Reason.BORN)
    age = person.age_on(on)
    if age is not None and sought.age is not None and abs(age - sought.age) <= 1:
        reasons.append(Reason.AGE)
    if sought.unborn and age is not None and age >= 12 and Reason.CPR in reasons:
        reasons.append(Reason.PREGNANT)
    return Candidate(person, sum(WEIGHTS[reason] for reason in reasons), tuple(reasons))


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return those worth showing, the likeliest first, each person once."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.person.key)
        if known is None or candidate.score > known.score:
            best[candidate.person.key] = candidate
    worth = [one for one in best.values() if one.score >= WORTH_SHOWING]
    return sorted(worth, key=lambda one: (-one.score, one.person.name))[:MOST_CANDIDATES]


def the_child(by_cpr: Sequence[Likely], sought: Sought, text: str, *, on: date) -> Likely | None:
    """Return the one child that CPR number and name agree on, or None where a person must choose.

    :param by_cpr: the persons whose CPR number stands in the text.
    """
    children = [person for person in by_cpr if person.is_child_on(on)]
    if len(children) != 1 or sought.unborn:
        return None
    child = children[0]
    somebody_else = any(_name_fit(child.name, (name,)) is None for name in sought.names)
    return child if names_agree(child.name, text) and not somebody_else else None


def _name_fit(name: str, said: Iterable[str]) -> Reason | None:
    """Return how a person's name fits the names in the text, the best way it does."""
    mine = folded(name).split()
    best: Reason | None = None
    for other in said:
        theirs = folded(other).split()
        if not mine or not theirs:
            continue
        if mine[0] == theirs[0] and (mine[-1] == theirs[-1] and len(theirs) > 1):
            return Reason.NAME
        if mine[0] == theirs[0] and len(theirs) == 1:
            best = best or Reason.FIRST_NAME
        elif SequenceMatcher(None, " ".join(mine), " ".join(theirs)).ratio() >= ALIKE:
            best = Reason.NAME_ALIKE
    return best


def _same_place(address: str, said: str) -> bool:
    return f"{folded(address)} ".startswith(f"{folded(said)} ")
