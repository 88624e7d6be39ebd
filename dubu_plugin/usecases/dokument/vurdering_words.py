"""What the 24-hour assessment's answers are called on paper."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from dubu_plugin.domain.danish import age_text, duration, long_date, moment_text, rough, unbroken
from dubu_plugin.domain.underretning import (
    BEKYMRINGER,
    UNDERRETTERE,
    Fare,
    NaesteSkridt,
    Orienteret,
    Overgreb,
    Pligt,
)

ALLOWED: Final = timedelta(hours=24)
"""Barnets lov § 136, stk. 2."""

FARE: Final[Mapping[str, str]] = {
    Fare.AKUT: "Ja. Barnet eller den unge er i fare nu, og der er brug for en akut indsats.",
    Fare.IKKE_AKUT: "Nej. Der er ikke brug for en akut indsats.",
}
NAESTE_SKRIDT: Final[Mapping[str, str]] = {
    NaesteSkridt.INTET: "Intet videre",
    NaesteSkridt.SCREENING: "Screening (§ 18)",
    NaesteSkridt.AFDAEKNING: "Afdækning (§ 19)",
    NaesteSkridt.BFU: "Børnefaglig undersøgelse (§ 20)",
    NaesteSkridt.AKUT: "Akut indsats",
}
NAESTE_SKRIDT_UNBORN: Final[Mapping[str, str]] = {
    **NAESTE_SKRIDT,
    NaesteSkridt.SCREENING: "Screening (§ 24)",
    NaesteSkridt.AFDAEKNING: "Afdækning (§ 25)",
    NaesteSkridt.BFU: "Undersøgelse af kommende forældre (§ 26)",
}
"""The same of those who expect a child (barnets lov §§ 24-26)."""
PLIGT: Final[Mapping[str, str]] = {
    Pligt.MELLEMKOMMUNAL: "Mellemkommunal underretning (§ 132)",
    Pligt.FAGPERSON: "Fagperson (§ 133)",
    Pligt.ALLE: "Alle borgere (§ 135)",
}
ORIENTERET: Final[Mapping[str, str]] = {
    Orienteret.JA: "Ja",
    Orienteret.NEJ: "Nej",
    Orienteret.NEJ_OVERGREB: "Nej, på grund af mistanke om overgreb",
    Orienteret.UOPLYST: "Ikke oplyst",
}
OVERGREB: Final[Mapping[str, str]] = {
    Overgreb.NEJ: "Nej",
    Overgreb.ANDRE: "Ja, fra andre end forældrene",
    Overgreb.FORAELDRE: "Ja, fra forældrene",
}
KILDE: Final[Mapping[str, str]] = {kind.code: kind.title for kind in UNDERRETTERE}
BEKYMRING: Final[Mapping[str, str]] = {one.code: one.title for one in BEKYMRINGER}

ANSWERS: Final[Mapping[str, Sequence[str]]] = {
    "fare nu": ("fare",),
    "begrundelse": ("reason",),
    "akut indsats": ("acute_action",),
    "hvad gør vi nu": ("next_step",),
    "samtale": ("conversation", "conversation_at", "conversation_reason"),
    "søskende": ("siblings",),
    "en ny persons øjne": ("fresh_eyes",),
    "hvad underretteren hører": ("withhold_reason",),
}
"""What an assessment answers, and the columns it is kept in."""

NOT_SAID: Final = "Ikke oplyst"


def said(words: Mapping[str, str], answer: str | None) -> str:
    """Return what an answer is called; an answer that was not given is not oplyst."""
    return unbroken(words.get(answer or "", answer or NOT_SAID))


def next_step(code: str | None, *, unborn: bool) -> str:
    """Return what happens next, with the child's paragraph or the expectant parents'."""
    return said(NAESTE_SKRIDT_UNBORN if unborn else NAESTE_SKRIDT, code)


def born_text(born: date | None, due_date: date | None, today: date) -> str:
    """Return ``født 3. december 2016 (9 år)``, ``termin 22. september 2026``, or neither."""
    if born is not None:
        return unbroken(f"født {long_date(born)} ({age_text(born, max(born, today))})")
    if due_date is not None:
        return unbroken(f"termin {long_date(due_date)}")
    return "fødselsdato ikke oplyst"


def time_used(received_at: datetime, assessed_at: datetime) -> str:
    """Return how much of the 24 hours the assessment took, and whether it was too much."""
    used = max(assessed_at - received_at, timedelta())
    if used > ALLOWED:
        return unbroken(f"{rough(used)}: fristen på 24 timer er overskredet")
    return unbroken(f"{duration(used)} af 24 timer")


def conversation_text(vurdering: Any, *, unborn: bool = False) -> str:
    """Return whether the child was talked with (§ 137, stk. 2-4), and why not.

    :param unborn: the child was not born when it was assessed.
    """
    reason = (vurdering.conversation_reason or "").strip()
    match vurdering.conversation:
        case "holdt":
            at = vurdering.conversation_at
            when = f" {unbroken(moment_text(at))}" if at else ""
            return f"Holdt{when}.\n{reason}".strip()
        case "aftalt":
            at = vurdering.conversation_at
            when = f" til {unbroken(moment_text(at))}" if at else ""
            return f"Aftalt{when}.\n{reason}".strip()
        case "undladt":
            return f"Undladt (§ 137, stk. 4).\n{reason}".strip()
    if unborn:
        return "Ikke holdt. Barnet var ikke født, da underretningen blev vurderet."
    return "Ikke holdt. Der er ikke mistanke om overgreb, så loven kræver den ikke."


def put_right(before: Any, after: Any) -> str:
    """Return ``Det, der er rettet: hvad gør vi nu, samtale.``, or nothing where no answer is."""
    told = [
        name
        for name, columns in ANSWERS.items()
        if any((getattr(before, one) or "") != (getattr(after, one) or "") for one in columns)
    ]
    return f"Det, der er rettet: {', '.join(told)}." if told else ""
