"""What can be filled in beforehand from the text. Shown as suggestions; a person decides.

Everything is rows: a word and what it points to. Sources: the phrases of ordinary underretninger;
the codes are those of `dubu_plugin.domain.underretning`.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from dubu_plugin.domain.dangers import tells_of_danger
from dubu_plugin.domain.denials import is_said, sentences
from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.sought import LONGEST
from dubu_plugin.domain.underretning import (
    ANONYM,
    BEKYMRINGER,
    OVERGREB,
    Henvendelse,
    Orienteret,
    Overgreb,
    Pligt,
)
from dubu_plugin.domain.who_writes import (
    JOB,
    PERSON,
    SIGNED,
    code_of,
    duty_of,
    folded_word,
    is_office,
)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the text suggests. None is "the text does not say"."""

    henvendelse: Henvendelse = Henvendelse.UNDERRETNING
    also_applies: bool = False
    """An underretning that calls itself an application: it is answered as one too."""
    underretter: str | None = None
    professional: bool | None = None
    pligt: Pligt | None = None
    anonymous: bool = False
    concerns: tuple[str, ...] = ()
    overgreb: Overgreb = Overgreb.NEJ
    orienteret: Orienteret = Orienteret.UOPLYST
    notifier_name: str = field(default="", repr=False)
    notifier_organisation: str = field(default="", repr=False)
    notifier_address: str = field(default="", repr=False)


FORMS: Final = re.compile(r"(?i)ingen-?svar|no-?reply|ikke-?svar|selvbetjening|blanket|donotreply")
"""Addresses nobody reads: the mail comes from a form, not from who filled it in."""

JOBS: Final = re.compile(rf"{JOB}[ ]{PERSON}")
"""A person with what they do before the name. A letter is addressed to the person."""

ANONYMOUS: Final = re.compile(
    r"(?im)\b(?:være|er|forbliver?|vil gerne være) anonym"
    r"|^\W*anonym (?:underretning|henvendelse)\b(?! (?:til|kom|er))"
    r"|\b(?:skriver|underretter|ringer|henvender mig) (?:\w+ ){0,2}anonymt\b"
    r"|\bikke (?:have|oplyse|nævne|sige|skrive|opgive) mit navn\b"
    r"|\bmit navn (?:må|skal) (?:\w+ )?ikke\b"
)
"""Who writes would rather not be known."""
FORWARDED: Final = re.compile(r"— Videresendt mail —\nFra: ([^\n]*)")
FORWARD_SUBJECT: Final = re.compile(r"(?i)^\s*(?:vs|fw|fwd|videresendt)\s*:")

DENIABLE: Final = frozenset({"1", "2", "7", "8", "9", "10", "13", "18", "aeres"})
"""Concerns a text may deny: »ikke bekendt med vold« does not suggest violence. The words of the
others speak of something missing, so a denial in front is part of the concern."""

TOLD: Final = re.compile(
    r"(?i)\b(?:er|blev|bliver|har jeg|har vi|blevet)\b[^.;]{0,40}?"
    r"\b(?:orienteret|informeret|bekendt med)\b"
)
NOT_TOLD: Final = re.compile(
    r"(?i)\b(?:ikke|hverken)\b[^.;]{0,30}?"
    r"\b(?:orienteret|informeret|orienterer|fortalt|får at vide)"
)
_ASSAULT: Final = re.compile(r"(?i)overgreb|vold mod|slår|slået|seksue")


def suggested(
    text: str,
    *,
    subject: str = "",
    sender_name: str = "",
    sender_address: str = "",
    on: date,
) -> Suggestions:
    """Return what a text and its sender suggest, with the codes in use on the day."""
    text = text[:LONGEST]
    concerns = tuple(_concerns(text, on))
    kind = _kind(subject, text, concerns)
    name, address = _writer(subject, text, sender_name, sender_address)
    unknown = bool(ANONYMOUS.search(text))
    anonymous = unknown and (not address or bool(FORMS.search(sender_address)))
    code = ANONYM if anonymous else _code(kind, text, subject, name, address, on)
    organisation, person = _organisation(name)
    signature = SIGNED.search(text)
    if organisation and not person and signature is not None:
        person = signature.group(1).rstrip(".-")
    duty = (
        Pligt.MELLEMKOMMUNAL
        if kind is Henvendelse.MELLEMKOMMUNAL
        # Whoever would rather not be known may write beside the job: that is asked, not guessed.
        else None
        if unknown and not anonymous
        else duty_of(code, text, name, address)
    )
    return Suggestions(
        henvendelse=kind,
        also_applies=kind is Henvendelse.UNDERRETNING and is_application_too(subject),
        underretter=code,
        professional=None if duty is None else duty is not Pligt.ALLE,
        pligt=duty,
        anonymous=anonymous,
        concerns=concerns,
        overgreb=_abuse(concerns),
        orienteret=_orienteret(text),
        notifier_name="" if anonymous else person,
        notifier_organisation="" if anonymous else organisation,
        notifier_address="" if anonymous else address,
    )


def _kind(subject: str, text: str, concerns: Collection[str]) -> Henvendelse:
    head = f"{subject}\n{text[:500]}".lower()
    if re.search(r"mellemkommunal|§ ?132\b", f"{subject}\n{text}".lower()):
        return Henvendelse.MELLEMKOMMUNAL
    # An underretning taken for an application would have no clock, so only a plain case counts.
    if (
        calls_itself_application(subject)
        and "underret" not in head
        and not tells_of_danger(f"{subject}.\n{text}", concerns)
    ):
        return Henvendelse.ANSOEGNING
    return Henvendelse.UNDERRETNING


def calls_itself_application(subject: str) -> bool:
    """Tell whether what came in calls itself an application."""
    return re.search(r"\bansøg", subject.lower()) is not None


def is_application_too(subject: str) -> bool:
    """Tell whether an underretning calls itself an application, and not an underretning."""
    return calls_itself_application(subject) and "underret" not in subject.lower()


def _writer(subject: str, text: str, name: str, address: str) -> tuple[str, str]:
    """Return who wrote it: of a forwarded mail the first sender, of a form nobody we know."""
    inner = FORWARDED.findall(text)
    if FORWARD_SUBJECT.search(subject) and len(inner) == 1:
        words = inner[0].split()
        found = words[-1] if words and "@" in words[-1] else ""
        return " ".join(words[:-1] if found else words), found
    return ("", "") if FORMS.search(address) else (name, address)


def _code(
    kind: Henvendelse, text: str, subject: str, name: str, address: str, on: date
) -> str | None:
    if kind is Henvendelse.MELLEMKOMMUNAL:
        return "1"
    if kind is Henvendelse.ANSOEGNING:
        return None
    return code_of(text, subject, name, address, on)


def _organisation(name: str) -> tuple[str, str]:
    """Return the organisation and the person in a sender's name such as »Skolen, Lise Testborg«."""
    parts = [_without_job(part.strip()) for part in name.split(",") if part.strip()]
    offices = [part for part in parts if is_office(part)]
    if not offices:
        return "", ", ".join(parts)
    return offices[0], ", ".join(part for part in parts if part not in offices)


def _without_job(part: str) -> str:
    person = JOBS.fullmatch(part)
    return person.group(1) if person else part


def _concerns(text: str, on: date) -> Iterator[str]:
    said = folded(text)
    each = list(sentences(text))
    by_parents: set[str] = set()
    rows = sorted(BEKYMRINGER, key=lambda row: row.code != _BY_PARENTS)
    heard = set()
    for row in rows:
        if not row.in_use(on):
            continue
        told = {
            sentence
            for word in row.words
            if _first(word) in said and _beginning(word).search(said)
            for sentence in each
            if _stands_in(word, sentence, deniable=row.code in DENIABLE)
        }
        if row.code == _BY_PARENTS:
            by_parents = told
        # What a parent does is not done by others too, where one sentence says both.
        if told - (by_parents if row.code == _BY_OTHERS else set()):
            heard.add(row.code)
    yield from (row.code for row in BEKYMRINGER if row.code in heard)


_BY_PARENTS: Final = "18"
_BY_OTHERS: Final = "7"


def _stands_in(word: str, sentence: str, *, deniable: bool) -> bool:
    """Tell whether a concern's word is said in a sentence, once at least without a denial."""
    found = _beginning(word).finditer(sentence)
    return any(not deniable or is_said(one) for one in found)


@lru_cache(maxsize=1024)
def _first(word: str) -> str:
    """Return what must stand in a text where a concern's word is found: looked for first."""
    return folded_word(word.partition("…")[0])


@lru_cache(maxsize=1024)
def _beginning(word: str) -> re.Pattern[str]:
    """Return what finds a concern's word in a folded text, as the beginning of a word there."""
    parts = (re.escape(folded_word(part)) for part in word.split("…"))
    return re.compile(r"\b" + r"\w*(?: \w+){0,4} ".join(parts))


def _abuse(concerns: Sequence[str]) -> Overgreb:
    said = [OVERGREB[one] for one in concerns if one in OVERGREB]
    return Overgreb.FORAELDRE if Overgreb.FORAELDRE in said else next(iter(said), Overgreb.NEJ)


def _orienteret(text: str) -> Orienteret:
    if refusal := NOT_TOLD.search(text):
        near = text[max(0, refusal.start() - 200) : refusal.end() + 200]
        return Orienteret.NEJ_OVERGREB if _ASSAULT.search(near) else Orienteret.NEJ
    return Orienteret.JA if TOLD.search(text) else Orienteret.UOPLYST
