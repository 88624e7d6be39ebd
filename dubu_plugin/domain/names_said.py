"""The names in a text: those said to be the child's, and those that merely stand there.

A name that stands there is looked up, and is never taken for somebody else than the child. Names
of who writes, of who is named by what they do, and of the grown-ups of a family are left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from dubu_plugin.domain import names_apart, small_names
from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.small_names import NO_NAMES

CHILDREN: Final = 18
"""An age below it is a child's (barnets lov § 2)."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a text."""

    child: tuple[str, ...] = field(repr=False)
    """Those said to be the child's, the surest first."""
    mentioned: tuple[str, ...] = field(repr=False)
    """Full names that stand in the text, in the order they stand there; not those of `child`."""


# Every repetition has a bound, so that no text makes the search for names take for ever.
_LETTER: Final = r"[^\W\d_]"
_FIRST: Final = "[A-ZÆØÅÉÖÄÜÁÓÍ]"
_PART: Final = rf"{_FIRST}(?:{_LETTER}|['’](?={_LETTER})){{1,40}}"
_PLAIN: Final = rf"(?<![\w-]){_PART}(?:-{_LETTER}{{1,40}}){{0,2}}(?![\w-])"
# A full stop belongs to a name only where a single letter stands before it.
_INITIAL: Final = rf"(?<![\w-]){_FIRST}(?:\.|(?!\w))"
_SMALL: Final = r"(?:von|van|de|der|af|el|al|bin|ben)"
_STARTS: Final = rf"(?:{_PLAIN}|{_INITIAL}(?=[ ]))"
_JOINED: Final = rf"(?:(?:[ ]{_SMALL})?[ ](?:{_PLAIN}|{_INITIAL}))"
_NAME: Final = rf"{_STARTS}{_JOINED}{{0,5}}"
_RUN: Final = re.compile(rf"{_STARTS}{_JOINED}{{1,11}}")
_LABELS: Final = (
    r"(?:barnets|den unges|elevens|den gravides|den kommende mors) (?:fulde )?navn"
    r"|navn på (?:barnet|den unge|eleven)|barnet|barn|elev|den unge|gravide?"
)
_LABELLED: Final = re.compile(
    rf"^[ \t]{{0,9}}(?i:{_LABELS})[ \t]{{0,9}}[:\t ][ \t]{{0,9}}({_NAME})", re.MULTILINE
)
_WHAT: Final = r"(?:(?:eleven|barnet|drengen|pigen|den unge|vores elev|jeres borger|lille)[ ]){0,2}"
_SPOKEN_OF: Final = re.compile(
    r"(?i:\bunderret\w{0,12}[ ](?:om|vedr\.?|vedrørende|på)|\bbekymring(?:er)?[ ]for"
    r"|\bbekymrede?[ ](?:for|om)|\bvedrørende|\bvedr\.?|\bangående|\bang\."
    r"|\b(?:handler|henvendelse)[ ]om|\bdrejer[ ]sig[ ]om|\bnabo[ ]til"
    r"|\b(?:barnet|drengen|pigen|eleven)[ ]hedder|\bved[ ]navn"
    r"|\b(?:om|for|af)[ ](?:eleven|barnet|drengen|pigen)"
    r"|\b(?:vores|min|mit|deres|hendes|hans)[ ](?:søn|datter|barn|elev|barnebarn)"
    rf"|\d-årige):?\s{{1,3}}(?i:{_WHAT})({_NAME})(?:[ ](?:og|OG)[ ]({_NAME}))?"
)
_BEFORE_CPR: Final = re.compile(rf"({_NAME}),?[ ]\(?(?i:cpr|f\.|født)")
_BEFORE_AGE: Final = re.compile(
    rf"({_NAME}),?[ ]\(?(?:(?:på|er)[ ])?(?:kun[ ])?(\d{{1,2}})[- ]?(?i:år)\b"
)

_COMMON: Final = (
    "han hun han's de vi jeg i du det den der dem dette denne disse min mit mine vores jeres "
    "deres hendes hans sin sit sine en et to tre og men eller for fordi da når hvis mens som at "
    "om efter før siden ifølge imens derfor desuden derudover hver både ikke ingen alle begge "
    "nogle samt hos på til af fra med ved under over mod uden omkring gennem vedr vedrørende "
    "ang angående er var bliver blev bor går har havde kommer får siger fortæller skal kan vil "
    "må går ringer hedder oplyser underretter skriver mandag tirsdag onsdag torsdag fredag "
    "lørdag søndag januar februar marts april maj juni juli august september oktober november "
    "december barnet barn børn børnene dreng drengen pige pigen elev eleven lille store unge "
    "bror søster lillebror lillesøster storebror storesøster søn datter sønnen datteren "
    "forældre forældrene familien klassen klasse hej kære goddag hilsen hilsner venlig venlige "
    "mange kærlig mvh vh tak nu så også igen i'dag dag år hvad hvem hvor hvordan hvornår kender "
    "cpr født navn adresse telefon bekymring bekymret underretning henvendelse emne att subject "
    "re sv vs fwd"
)
_NOT_IN_NAMES: Final = frozenset(_COMMON.split())
"""Words that begin with a capital where a sentence begins, or everywhere in a text of capitals."""
_JOB: Final = (
    r"\w{0,30}(?:lærer|lærerinde|leder|pædagog|medhjælper|rådgiver|læge|plejerske|psykolog"
    r"|behandler|konsulent|vejleder|betjent|assistent|jordemoder|inspektør|koordinator|vikar"
    r"|terapeut|dagplejer|præst|træner)"
)
_KIN: Final = (
    r"(?:(?:bed|ste|sted|pap|pleje|far|mor|bedste)?(?:mor|far)|moder|fader|moster|faster|onkel"
    r"|tante|nabo|genbo|underbo|overbo|kæreste|samlever|kontaktperson)"
)
_ROLE: Final = rf"(?:(?:{_JOB}|{_KIN})(?:en|n|s|ens)?)"
"""What somebody is called who is not the child: what they do, or what they are to it."""
_IS_ROLE: Final = re.compile(rf"(?i){_ROLE}")
_CALLED: Final = re.compile(rf"(?i)\b{_ROLE}(?:[ ](?:hedder|er|ved navn))?[ ]?[: ][ ]?\Z")
_WRITER: Final = re.compile(
    r"(?i)(?:\b(?:kære|hej|att\.?|hilsen|hilsner|mvh|vh|v\.h|m\.v\.h"
    r"|underretters navn|navn på underretter|(?:underretning|mail|brev|opkald|henvendelse) fra"
    r"|(?:skrevet|udfyldt|sendt|indsendt|modtaget) af|v/)[ .:,\t]{0,4}\s{0,3}"
    # A full stop after these ends a sentence, and the next one begins with somebody else.
    r"|\b(?:afsender|underretter|anmelder|ringer)[ :,\t]{0,4}\s{0,3}"
    r"|(?:^|\n)(?:fra|til|kontakt):?\s{1,3})\Z"
)
"""What stands before the name of who writes, or of who is written to."""
_AFTER: Final = re.compile(rf"(?i)\A(?:[ ]?[,(/–-][ ]?|\s{{1,2}})(?:\w{{1,20}} )?{_JOB}(?!\w)")
"""What stands after it: in the form it has in a signature, not in a sentence about somebody."""
_SIGNED: Final = re.compile(
    r"(?i)(?:^|[.!?\n]\s{0,3})(?:(?:med )?(?:venlige?|mange|kærlig|bedste|de bedste)? ?hilsen"
    r"|v\.?h\.?|m\.?v\.?h\.?)\b[^\n]{0,80}(?:\n[^\n]{0,80}){0,3}"
)
_AT_HOME: Final = re.compile(r"(?i)\b(?:jeg|vi) bor (?:selv )?(?:på |i |ved )?[^\n,.]{0,40}\d")
_OF_ITSELF: Final = re.compile(
    r"(?i)\b(?:min|mine|min egen) (?:mor|far|forældre|stedfar|stedmor|papfar|papmor)s?\b"
    r"|\bjeg er (?:\d|1[0-7]) år"
)
"""A child that writes of itself signs with the name we look for."""
_BEFORE_LONG: Final = 60
_MOST_RUNS: Final = 300
"""How many different runs of words with capitals are looked at. A longer text is a list."""


def names_in(text: str, *, writers: Iterable[str] = (), numbered: bool = False) -> Names:
    """Return the names of a text.

    :param writers: names of who wrote it, which are not the child's unless it says so.
    :param numbered: whether a CPR number stands in the text. Then an age says nothing of who.
    """
    said = _of_child(text) or (() if numbered else _aged(text))
    others = [] if _OF_ITSELF.search(text) else [set(folded(one).split()) for one in writers]
    full = dict.fromkeys(
        name
        for name in (*_mentioned(text), *names_apart.names_apart(text))
        if not any(_same(folded(name).split(), one) for one in others)
    )
    # »Underretning om Ida« in the subject, and her whole name further down.
    longer = [name for name in full if any(_says_more(name, one) for one in said)]
    child = (*(one for one in said if not any(_says_more(name, one) for name in longer)), *longer)
    known = [set(folded(one).split()) for one in child]
    mentioned = (n for n in full if not any(_same(folded(n).split(), one) for one in known))
    return Names(child, tuple(mentioned))


def pieces(name: str) -> Iterator[str]:
    """Yield what is left of a run of words with capitals where words that are no names are cut out.

    ``Da Liva Demodal Mor`` is ``Liva Demodal``.
    """
    kept: list[str] = []
    for word in (*name.split(), "og"):
        if NO_NAMES.search(word):  # an office, and the town's name in front of it
            kept = []
        elif _no_name(word):
            if kept:
                yield " ".join(kept)
            kept = []
        else:
            kept.append(word)


def _no_name(word: str) -> bool:
    plain = word.casefold().strip(".'’")
    if word == "I" or (len(word) > 1 and plain in _NOT_IN_NAMES):
        return True
    return bool(_IS_ROLE.fullmatch(plain))


def _of_child(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for pattern in (_LABELLED, _SPOKEN_OF, _BEFORE_CPR):
        for match in pattern.finditer(text):
            for name in match.groups():
                # What comes after a word that is no name is somebody else, or nobody.
                words = next(pieces(name or ""), "").rstrip("'’")
                if pattern is _BEFORE_CPR:
                    *_, words = ("", *pieces(name or ""))
                starts = (name or "").startswith(words) or pattern is _BEFORE_CPR
                if words and starts and len(words.strip(".")) > 1:
                    found[words] = None
    found |= dict.fromkeys(small_names.labelled(text))
    return tuple(name for name in found if not any(_says_more(other, name) for other in found))


def _aged(text: str) -> tuple[str, ...]:
    """Return who is named with a child's age, as somebody on the telephone says it.

    Asked only where nothing else says who it is: a sibling is told of in the same words.
    """
    found = (one.groups() for one in _BEFORE_AGE.finditer(text) if int(one.group(2)) < CHILDREN)
    names = (piece for name, _age in found for piece in list(pieces(name))[-1:])
    return tuple(dict.fromkeys(names))


def of_who_writes(text: str) -> Sequence[tuple[int, int]]:
    """Return where the text tells of who writes it: how they sign, and where they say they live.

    None where a child writes of itself: then who writes is the one we look for.
    """
    if _OF_ITSELF.search(text):
        return ()
    return [one.span() for pattern in (_SIGNED, _AT_HOME) for one in pattern.finditer(text)]


def _mentioned(text: str) -> Iterator[str]:
    of_itself = bool(_OF_ITSELF.search(text))
    signed = of_who_writes(text)
    seen: set[str] = set()
    for run in _RUN.finditer(text):
        # What is read twice is read once: a roll of names must not take for ever.
        around = text[max(0, run.start() - 20) : run.end() + 20]
        if around in seen or any(start <= run.start() < end for start, end in signed):
            continue
        seen.add(around)
        if len(seen) > _MOST_RUNS:
            return
        at = run.start()
        for piece in pieces(run.group()):
            start = text.find(piece, at)
            at = start + len(piece)
            if len(piece.split()) > 1 and not _somebody_else(text, start, at, of_itself):
                yield piece


def _somebody_else(text: str, start: int, end: int, of_itself: bool) -> bool:
    before = text[max(0, start - _BEFORE_LONG) : start]
    writes = not of_itself and _WRITER.search(before)
    return bool(writes or _CALLED.search(before) or _AFTER.match(text[end : end + _BEFORE_LONG]))


def _same(name: list[str], other: set[str]) -> bool:
    """Tell whether two names are one person's: every word of the shorter is in the longer."""
    mine = {word.removesuffix("s") for word in name}
    theirs = {word.removesuffix("s") for word in other}
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _says_more(longer: str, shorter: str) -> bool:
    return longer != shorter and set(folded(shorter).split()) < set(folded(longer).split())
