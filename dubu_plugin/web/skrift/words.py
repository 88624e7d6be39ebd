"""What is said of a skrift in words: its state, where a text comes from, whose it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish import whose
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.skrift.tekster import Text
from dubu_plugin.web.skrift.opened import Opened

STATES: Final[Mapping[SkriftState, tuple[str, str, str]]] = {
    SkriftState.UDKAST: ("Skrives", "", "edit"),
    SkriftState.FREMLAGT: ("Fremlagt for leder", "act", "time"),
    SkriftState.SENDT_TILBAGE: ("Sendt tilbage", "act", "reply"),
    SkriftState.GODKENDT: ("Godkendt", "done", "check"),
    SkriftState.OPGIVET: ("Opgivet", "done", "info"),
    SkriftState.VIDEREFOERT: ("Ført videre", "done", "reply"),
}
"""The mark of each state: its words, its look and its symbol."""

FINISHED: Final = ("Færdig", "done", "check")
"""The same of what stands without a leader."""

THE: Final[Mapping[SkriftKind, str]] = {
    SkriftKind.SCREENING: "screeningen",
    SkriftKind.AFDAEKNING: "afdækningen",
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: "undersøgelsen",
    SkriftKind.FORELOEBIG_VURDERING: "den foreløbige vurdering",
    SkriftKind.HANDICAPUDREDNING: "udredningen",
    SkriftKind.BARNETS_PLAN: "barnets plan",
    SkriftKind.UNGEPLAN: "ungeplanen",
    SkriftKind.FORAELDREHANDLEPLAN: "forældrehandleplanen",
}
THEIR: Final[Mapping[SkriftKind, str]] = {
    SkriftKind.SCREENING: "screening",
    SkriftKind.AFDAEKNING: "afdækning",
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: "undersøgelse",
    SkriftKind.FORELOEBIG_VURDERING: "foreløbige vurdering",
    SkriftKind.HANDICAPUDREDNING: "udredning",
    SkriftKind.BARNETS_PLAN: "barnets plan",
    SkriftKind.UNGEPLAN: "ungeplan",
    SkriftKind.FORAELDREHANDLEPLAN: "forældrehandleplan",
}


def comes_from(opened: Opened, text: Text | None) -> str:
    """Return where a text was copied from; empty where it was written here."""
    origin = opened.origins.get(text.copied_from) if text and text.copied_from else None
    if origin is None:
        return ""
    if origin.person == opened.skrift.person:
        return f"Fra {THE.get(origin.kind, 'et tidligere skrift')}"
    return f"Kopieret fra {whose(origin.name)} {THEIR.get(origin.kind, 'sag')}"


def stands_since(opened: Opened, text: Text | None) -> str:
    """Return that a text has not changed since an older version; empty where it is of this one."""
    if text is None or not text.text or text.version >= opened.version:
        return ""
    return f"Uændret siden version\N{NO-BREAK SPACE}{text.version}"


def saved_words(opened: Opened, text: Text | None) -> str:
    """Return ``Gemt 10.42`` for a text that was written last; empty where there is none."""
    if text is None:
        return ""
    return f"Gemt {danish.clock(text.written_at).removeprefix('kl. ')}"


def carried_on(opened: Opened, now: datetime) -> str:
    """Return what it became and when, where that is written in instead of it; else nothing."""
    grown = opened.follower
    if grown is None:
        return ""
    day = danish.list_date(danish.danish_day(grown.begun_at), danish.danish_day(now))
    became = THE.get(grown.kind, "det næste")
    if opened.skrift.is_carried_on:
        return danish.unbroken(f"Ført videre i {became} {day}")
    return danish.unbroken(f"{became[0].upper()}{became[1:]} er vokset ud af den {day}")


def state_mark(opened: Opened) -> tuple[str, str, str]:
    """Return the mark of where it stands."""
    stands = opened.skrift.state is SkriftState.GODKENDT and not opened.form.leader
    return FINISHED if stands else STATES[opened.skrift.state]
