"""What a text says of the child it is about: names, numbers, where it lives, how old it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dubu_plugin.domain import small_names
from dubu_plugin.domain.cpr import Cpr, NotACpr
from dubu_plugin.domain.danish import MONTHS
from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.names_said import CHILDREN, names_in, of_who_writes

LONGEST: Final = 200_000
"""How many characters of a text are looked through."""
NEAR: Final = 6
"""Words with a capital this near each other may be the first and the last of one name."""
MOST_PAIRS: Final = 6_000
MOST_WORDS: Final = 2_000
"""How many different words with a capital are kept of it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a text says of the child it is about."""

    names: tuple[str, ...] = field(default=(), repr=False)
    """Those named as the child, the surest first."""
    perhaps: tuple[str, ...] = field(default=(), repr=False)
    """What may be a name though it is written in small letters. Looked up, and never more."""
    mentioned: tuple[str, ...] = field(default=(), repr=False)
    """Other full names in it, but for those of who writes and of grown-ups. Looked up too."""
    cprs: tuple[Cpr, ...] = ()
    no_dates: int = 0
    """How many numbers look like a CPR number and begin with no date."""
    addresses: tuple[str, ...] = field(default=(), repr=False)
    """Street and number, with the floor and the door where they are said."""
    born: tuple[date, ...] = ()
    age: int | None = None
    unborn: bool = False
    due: date | None = None
    """The expected day of birth of an unborn child."""
    pairs: frozenset[str] = field(default=frozenset(), repr=False)
    """Words that stand beside each other, as `name_key` writes them: of a child we know, any may
    be the name, however it is written. What tells of who writes is left out."""
    capitals: frozenset[str] = field(default=frozenset(), repr=False)
    """The words with a capital, folded: of who lives at the address, one may be named by those."""


_CPR: Final = re.compile(r"(?<![\d-])(\d{6})(\s?[-–]\s?|\s)?(\d{4})(?![\d-])")
STREETS: Final = (
    "vej|vejen|gade|gaden|allé|alle|alléen|vænge|vænget|stræde|strædet|plads|pladsen|toft|toften"
    "|park|parken|sti|stien|have|haven|bakke|bakken|krog|krogen|bo|gård|gården|torv|torvet|skrænt"
    "|skrænten|eng|engen|lund|lunden|høj|højen|dal|dalen|ager|ageren|boulevard|kaj|bro|led|vang"
    "|vangen|kær|holm|holmen|kilde|hegn|hegnet|buen|bue|ås|åsen|mose|mosen|kvarter"
)
_DOOR: Final = (
    r"(?:,? ?(?:(?:st|kl|stuen|\d{1,2})\b\.?(?: ?(?:sal|etage))?,? ?(?:th|tv|mf|dør \d{1,3})\b"
    r"|(?:\d{1,2})\. ?sal\b|st\.))?"
)
_WORD: Final = r"[A-ZÆØÅÉ][^\W\d_]{1,30}\.?"
# »Prøvevej 22 i Prøvestrup« has no letter: it is a word of the sentence.
_NUMBER: Final = rf"\d{{1,3}}(?:(?! i\b) ?[A-Za-zÆØÅ]\b)?{_DOOR}"
_ADDRESS: Final = re.compile(
    rf"\b((?:{_WORD} ){{0,3}}(?i:[^\W\d_]{{1,30}}(?:{STREETS})) {_NUMBER})(?![\w:])"
)
_LIVES: Final = re.compile(
    r"(?i:\bbor (?:på|i|ved)?|\bpå|\badressen?:?|\bbopæl:?|[a-zæøå],)\s"
    rf"({_WORD}(?: {_WORD}){{0,3}} {_NUMBER})(?![\w:])"
)
"""A street whose name does not say that it is one: only after what says that somebody lives."""
_DATE: Final = (
    rf"(\d{{1,2}})(?:[./-] ?|\. )(\d{{1,2}}|{'|'.join(MONTHS)})(?:[./-]? ?)(\d{{4}}|\d{{2}})\b"
)
_BORN: Final = re.compile(rf"(?i)\b(?:født|fødselsdato|f\.)[ :\t]{{0,9}}(?:d\.|den)? ?{_DATE}")
_DUE: Final = re.compile(
    rf"(?i)\btermin\w{{0,20}}[ :\t]{{0,9}}(?:er|den|d\.|ca\.|omkring|sat til|\s){{0,6}}{_DATE}"
)
_UNBORN: Final = re.compile(r"(?i)\bufødt|\bgravid|\bgestationsuge|\bkommende (?:mor|forældre)")
_AGE: Final = re.compile(r"(?i)\b(\d{1,2})[- ]?år(?:ig|s)?\b")
_WORDS: Final = re.compile(r"[^\W\d_][^\W\d_'’-]{1,39}")
_CAPITAL: Final = re.compile(r"\b[A-ZÆØÅÉÖÄÜ][^\W\d_]{1,30}")


def sought_in(text: str, *, writers: Iterable[str] = ()) -> Sought:
    """Return what a text says of the child it is about, in its first fifty pages or so.

    :param writers: names of who wrote it: those are not the child's.
    """
    text = _in_whole_lines(text[:LONGEST])
    cprs, no_dates = numbers_in(text)
    age = _AGE.search(text)
    due = (_day(found.groups(), 2000) for found in _DUE.finditer(text))
    names = names_in(text, writers=writers, numbered=bool(cprs))
    return Sought(
        names=names.child,
        perhaps=small_names.spoken_of(text),
        mentioned=names.mentioned,
        cprs=cprs,
        no_dates=no_dates,
        addresses=_addresses(text),
        born=tuple(day for found in _BORN.finditer(text) if (day := _day(found.groups(), 2000))),
        age=int(age.group(1)) if age and int(age.group(1)) < CHILDREN else None,
        unborn=bool(_UNBORN.search(text)),
        due=next((day for day in due if day), None),
        pairs=_pairs(text),
        capitals=_capitals(text),
    )


_WRAPPED: Final = re.compile(r"(?m)(?<=[^\s.:;!?])[ \t]*\r?\n(?=[^\W\d_])")
"""A line that goes on in the next, if it is long enough to have been broken by a program."""
_LONG: Final = 50
_SHOUTED: Final = re.compile(r"\b[A-ZÆØÅÉÖÄÜ]{3,30}(?:,? [A-ZÆØÅÉÖÄÜ]{2,30}){1,4}\b")
_TURNED: Final = re.compile(
    rf"(?m)^((?:[^\n:]{{1,30}}:)?[ \t]*)({_CAPITAL.pattern}), ({_CAPITAL.pattern})"
    r"(?=[ \t.]*$|\.[ ])"
)
"""Alone on its line, or after a label, at the end of a sentence: »Demobæk, Ida«."""
_BROKEN: Final = re.compile(
    rf"(?<=[ ])([a-zæøå]{{2,30}}[ ]{_CAPITAL.pattern})[ \t]*\r?\n"
    rf"(?={_CAPITAL.pattern}[ ,.]{{1,3}}[a-zæøå])"
)
"""A name at the end of a line of words that goes on in the next, as a telephone breaks them."""


def _in_whole_lines(text: str) -> str:
    """Return a text with lines joined that a program broke, runs of blanks as one, and names that
    are in capitals or stand with the family name first as they are said."""

    def joined(broken: re.Match[str]) -> str:
        begins = text.rfind("\n", 0, broken.start()) + 1
        return " " if broken.start() - begins >= _LONG else broken.group()

    whole = re.sub(r"(?<=\S)[ \t]{2,}(?=\S)", " ", _WRAPPED.sub(joined, text))
    whole = _BROKEN.sub(r"\1 ", whole)
    said = _SHOUTED.sub(lambda found: found.group().title(), whole)
    return _TURNED.sub(r"\1\3 \2", said)


def _addresses(text: str) -> tuple[str, ...]:
    writers = of_who_writes(text)
    found = sorted(
        (match.start(1), match.group(1).strip(" ,"))
        for pattern in (_ADDRESS, _LIVES)
        for match in pattern.finditer(text)
        if not any(start <= match.start(1) < end for start, end in writers)
    )
    return tuple(dict.fromkeys(way for _, said in found for way in _streets(said)))


def _streets(said: str) -> Iterator[str]:
    """Yield an address, the nearest to the number first: a name may stand right in front of it."""
    street, space, number = re.split(r"( (?=\d))", said, maxsplit=1)
    words = street.split()
    for start in range(len(words) - 1, -1, -1):
        yield " ".join(words[start:]) + space + number


def _pairs(text: str) -> frozenset[str]:
    for start, end in reversed(sorted(of_who_writes(text))):
        text = f"{text[:start]}\n{text[end:]}"
    words = [(folded(word), word[:1].isupper()) for word in _WORDS.findall(text)]
    found: dict[str, None] = {}
    for at, (one, capital) in enumerate(words):
        for apart, (other, another) in enumerate(words[at + 1 : at + 1 + NEAR], start=1):
            # »Anton og Ida Demoholt«, and a form's lines; in small letters only side by side.
            if apart == 1 or (capital and another):
                found |= dict.fromkeys(_ways(one, other))
        if len(found) > MOST_PAIRS:
            break
    return frozenset(found)


def _ways(one: str, other: str) -> Iterator[str]:
    for first, last in ((one, other), (other, one)):
        yield f"{first} {last}"
        if last.endswith("s"):
            yield f"{first} {last[:-1]}"


def _capitals(text: str) -> frozenset[str]:
    words = dict.fromkeys(match.group().casefold() for match in _CAPITAL.finditer(text))
    return frozenset(folded(word) for word in list(words)[:MOST_WORDS])


def numbers_in(text: str) -> tuple[tuple[Cpr, ...], int]:
    """Return the CPR numbers in a text, and how many look like one and begin with no date."""
    found: dict[Cpr, None] = {}
    no_dates = 0
    for match in _CPR.finditer(text):
        try:
            found[Cpr.parse(match.group(1) + match.group(3))] = None
        except NotACpr:
            written_as_one = "-" in (match.group(2) or "")
            no_dates += written_as_one
    return tuple(found), no_dates


def _day(parts: Sequence[str | None], century: int) -> date | None:
    day, month, year = (part or "" for part in parts)
    number = MONTHS.index(month.lower()) + 1 if month.lower() in MONTHS else int(month)
    try:
        return date(int(year) + (century if len(year) == 2 else 0), number, int(day))
    except ValueError:
        return None
