"""Who has written what came in: told from who sends and signs, never from what it tells of.

A letter names the school, the doctor and the police it is about, and the municipality it is to.
Only a professional hears what came of it (barnets lov § 138, stk. 2), so a word in passing must not
make one (§ 133): where the text does not say who writes, it is left open.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.underretning import ANONYM, UNDERRETTERE, Pligt, usual_duty

SIGNS: Final[Sequence[tuple[str, str]]] = (
    ("6", "politi domstol byret kriminalforsorg"),
    ("5", "sundhedspleje tandpleje tandlæge"),
    ("4", "jordemoder sygehus hospital svangre læge psykiatri region ambulatori fødegang"),
    ("3", "børnehave vuggestue dagpleje daginstitution dagtilbud fritidshjem ungdomsklub =sfo"),
    ("10", "krisecent asylcent misbrugscent forening mødrehjælp frivillig"),
    ("9", "plejefamilie plejemor plejefar opholdssted døgninstitution anbringelsessted børnehjem"),
    ("2", "skole gymnasi uddannelse klasselærer =fgu"),
    ("1", "kommune forvaltning jobcenter borgerservice familieafdeling"),
    ("13", "=nabo =naboer =mormor =farmor =morfar =farfar =moster =faster =onkel =bekendt opgang"),
)
"""Words of who writes: a code, and parts of words, or whole words where marked with ``=``."""

JOB: Final = (
    r"(?i:jordemoder|(?:over|tand|praktiserende )?læge|(?:klasse)?lærer|sundhedsplejerske|psykolog"
    r"|sygeplejerske|pædagog|skoleleder|skoleinspektør|leder|socialrådgiver|rådgiver|dagplejer)"
)
PERSON: Final = r"([A-ZÆØÅ][\w'’.-]+(?:[ ][A-ZÆØÅ][\w'’.-]+){1,4})"

SIGNED: Final = re.compile(
    r"(?:^|[.!?\n]\s*)(?i:(?:med )?(?:venlige?|mange|kærlig)? ?hilsen|v\.?h\.?|mvh\.?)[ ,.]*\s+"
    rf"(?:{JOB}[ ])?{PERSON}(?P<after>[^\n]*(?:\n[^\n]*)?)"
)
"""Who a letter is signed by, and what stands beside and below the name."""

AT_WORK: Final = frozenset({"krisecent", "misbrugscent", "asylcent"})
"""Those among code 10 who are there by their profession (barnets lov § 133); of associations and
volunteers the text alone does not tell."""

_GREETED: Final = re.compile(
    r"(?im)(?:^|[.!?,] *)(?:(?:med )?(?:de )?(?:venlige?|mange|kærlige?|bedste)? ?hilsen(?:er)?"
    r"|v\.?h\.?|mvh\.?)[ ,.]*\s+(?P<block>[^\n]*(?:\n[^\n]*){0,3})"
)
"""All that stands below a greeting."""
_OF_SELF: Final = re.compile(
    r"(?i)\b(?:jeg|vi) (?P<verb>er|arbejder|skriver|henvender os|henvender mig|kontakter jer)\b"
    r"(?P<what>[^.,;:!?\n]{0,80})"
)
"""What somebody says of themselves."""
_OF_OTHERS: Final = re.compile(
    r"(?i)\b(?:for|om|til|at|over|af|der|med|fordi|hos|siden|glad|vred|sur|utilfreds|bange|træt)\b"
)
"""Where they begin to tell of somebody else."""
_AS: Final = re.compile(
    rf"(?i)^ ?(?:(?:som|ansat|en|et|her|ude|selv|frivillig)\b ?)*(?:{JOB}|fra|på|i|frivillig|pleje)"
)
_SENDS: Final = re.compile(
    r"(?im)^\W*(?P<who>[^.,;:!?\n]{3,80}?) (?:underretter|fremsender|indsender)\b"
    r"(?! ikke| jer ikke)"
)
_FROM: Final = re.compile(r"(?i)\bunderretning fra (?P<who>[^.,;:!?\n]{3,60})")
_FIELD: Final = re.compile(
    r"(?im)^\W*(?:underretter|afsender|indsendt af|stilling|arbejdssted|arbejdsplads"
    r"|organisation|institution)\s*:\s*(?P<who>[^\n]{2,80})"
)
_PRIVATE: Final = re.compile(
    r"(?i)@(?:gmail|hotmail|outlook|live|yahoo|icloud|msn|me|mail|proton|protonmail|stofanet|youmail"
    r"|post|privat)\."
)
"""Addresses people have at home."""


_KIN: Final = "nabo|naboer|mormor|farmor|morfar|farfar|moster|faster|onkel|bedstemor|bedstefar"
_AT_HOME: Final = re.compile(
    rf"(?i)\b(?:jeg|vi) er (?:(?!hos )(?:en|selv|også|bekymret|nærmeste|\w+s) ){{0,2}}(?:{_KIN})\b"
    r"|\b(?:skriver|henvender|kontakter|underretter|ringer)\b(?: (?!ikke\b)\w+){0,3} "
    rf"(?:som (?:en |bekymret )?(?:{_KIN}|privat\w*|ven|veninde|bekendt)|privat)\b"
    rf"|\bhilsen(?:er)?[ ,]+(?:fra )?(?:{_KIN})\b"
)
"""Who says that they write as kin, a neighbour or for themselves, whatever they work as."""
_NEAREST: Final = (
    r"(?:(?:sted|pap|bonus)?(?:mor|far)|forældre|(?:store|lille|halv)?(?:bror|søster)"
    r"|fætter|kusine)"
)
_OF_CHILD: Final = r"(?:(?-i:[A-ZÆØÅ])\w+s|hans|hendes|deres|barnets|drengens|pigens|børnenes)"
_RELATIVE: Final = rf"(?:{_NEAREST}|{_KIN})"
_WHO: Final = (
    rf"(?:{_OF_CHILD} (?:egen |rigtige )?{_RELATIVE}\b(?! til en)"
    rf"|{_RELATIVE} til (?:(?-i:[A-ZÆØÅ])\w+|(?:ham|hende|dem|barnet|drengen|pigen|børnene)\b))"
)
_BEGINS: Final = r"(?:^|[.!?,\n] *)(?:(?:hej|kære \w+|goddag|til \w+)[ ,!]+)?"
_ENDS: Final = r"(?= *(?:[.!:\n–-]|$|,(?! *(?:der|som|og hun|og han)\b)))"
_TELLS: Final = r"(?:skriver|henvender|kontakter|underretter|ringer)"
_OWN: Final = r"(?:søn|datter|barnebarn|nevø|niece|(?:store|lille)?(?:bror|søster)|eget barn|barn)"
_IS_NEAREST: Final = re.compile(
    rf"(?im)\b(?:jeg|vi) er {_WHO}"
    rf"|\b(?:jeg|vi) er [\w-]+ (?:på \w+ |i \w+ )?og (?:er )?{_WHO}(?= *(?:[.!:,\n]|$))"
    rf"|\b(?:jeg|vi) hedder (?:[\w-]+ ){{1,4}}(?:og )?(?:jeg )?er {_WHO}"
    rf"|\b{_TELLS}\b(?: (?!ikke\b)\w+){{0,3}} som {_WHO}|{_BEGINS}som {_WHO} (?:\w+ )?jeg\b"
    rf"|\b(?:det er|her er|her skriver|her er det) {_WHO}{_ENDS}|{_BEGINS}{_WHO} her{_ENDS}"
    rf"|\bdet er {_WHO},? (?:der|som) {_TELLS}\b|{_BEGINS}{_WHO},? (?:som |der )?skriver her{_ENDS}"
    rf"|\bhilsen(?:er)?[ ,]+(?:fra )?{_OF_CHILD} {_NEAREST}\b"
)
"""Who says that they are the child's nearest. A teacher who is mother of two says another thing."""
_MINE: Final = re.compile(rf"(?i)\b(?:min|mit|vores) (?:\w+ )?{_OWN}\b")
"""Who speaks of kin of their own, which need not be the child."""
_QUOTED: Final = re.compile(r"»[^«]*«|“[^”]*”|\"[^\"]*\"|(?m:^>.*$)")
_CARER: Final = "9"
_KIN_CODE: Final = "13"


def code_of(text: str, subject: str, name: str, address: str, on: date) -> str | None:
    """Return the type of notifier that who sends and signs points to, or None."""
    in_use = {row.code for row in UNDERRETTERE if row.in_use(on)}
    scores: dict[str, int] = {}
    own = _QUOTED.sub(" ", text)
    # A desk at a school does not make a father a teacher; what the text says of a job does.
    places = list(_places(text, subject, name, address))[bool(_MINE.search(own)) :]
    for weight, place in places:
        said = folded(place)
        for code, words in SIGNS:
            if code in in_use and any(stands(word, said) for word in words.split()):
                scores[code] = max(weight, scores.get(code, 0))
    # A nurse who is the child's grandmother writes as that; kin who has the child placed does not.
    is_kin = _AT_HOME.search(own) or _IS_NEAREST.search(own)
    if _KIN_CODE in in_use and _CARER not in scores and is_kin:
        return _KIN_CODE
    order = [code for code, _words in SIGNS]
    return max(scores, key=lambda code: (scores[code], -order.index(code)), default=None)


def _places(text: str, subject: str, name: str, address: str) -> Iterator[tuple[int, str]]:
    """Yield where it is told who writes, and how much each place counts."""
    yield 4, f"{name} {address}"
    yield from ((3, place) for place in _of_self(text))
    signed = _signature(text)
    if signed:
        yield 3, signed
    yield from ((3, found["who"]) for found in _FIELD.finditer(text))
    # A neighbour tells what the school has done; a school writes from its own address.
    if not _PRIVATE.search(address):
        yield from (
            (2, found["who"])
            for pattern, place in ((_FROM, subject), (_FROM, text[:300]), (_SENDS, text))
            for found in pattern.finditer(place)
        )


def _of_self(text: str) -> Iterator[str]:
    for found in _OF_SELF.finditer(text):
        what = _OF_OTHERS.split(found["what"], maxsplit=1)[0]
        near = _is_near(what)
        if near or _AS.match(what):
            yield what


def _is_near(what: str) -> bool:
    said = folded(what)
    private = dict(SIGNS)["13"]
    return any(stands(word, said) for word in private.split())


def _signature(text: str) -> str:
    every = [found["block"] for found in _GREETED.finditer(text)]
    return every[-1] if every else ""


def duty_of(code: str | None, text: str, name: str, address: str) -> Pligt | None:
    """Return the duty it suggests: a professional is never taken for a private person, nor a
    private person for a professional; at most it is left open."""
    signature = SIGNED.search(text)
    at_work = signature is not None and bool(re.search(rf"\b{JOB}\b", signature.group()))
    if code == "10":
        words = folded(f"{name} {address} {text}")
        known = any(stands(word, words) for word in AT_WORK)
        return Pligt.FAGPERSON if at_work or known else None
    if code == "1":  # it says that it is an underretning of § 132 where it is one
        return Pligt.FAGPERSON
    duty = usual_duty(code)
    return None if duty is Pligt.ALLE and code != ANONYM and at_work else duty


def is_office(part: str) -> bool:
    """Tell whether a part of a sender's name is that of an organisation."""
    said = folded(part)
    return any(stands(one, said) for _code, words in SIGNS[:-1] for one in words.split())


def stands(word: str, said: str) -> bool:
    """Tell whether a sign stands in a folded text."""
    if word.startswith("="):
        return f" {folded_word(word[1:])} " in f" {said} "
    return folded_word(word) in said


@lru_cache(maxsize=1024)
def folded_word(word: str) -> str:
    """Return a word of our tables as it is compared: they are few, and asked for in every text."""
    return folded(word)
