"""A decision on a placed child that was made before the case came here, or by another authority."""

from dataclasses import replace
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.gates.begins import DECIDERS, HIGHER, OURS, Decider
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.sag import noted, sager
from dubu_plugin.usecases.indsats.on_indsats import OnIndsats

LONGEST_PAPER: Final = 200
COMMON: Final = (OURS | set(HIGHER)) - {Decider.ANKESTYRELSEN}
"""Who is called by a common name, which begins with a small letter inside a sentence."""


def seen_here(here: OnIndsats, elsewhere: Elsewhere) -> Elsewhere:
    """Return it with the days the gate asks for: when the child came, and when the case did."""
    opened = sager.here_since(here.work.connection, here.sag.id)
    day = danish.danish_day(opened) if opened else None
    return replace(elsewhere, since=here.came_on(), here_since=day)


def told_of(elsewhere: Elsewhere, wrong: dict[str, str], *, home: bool = False) -> str:
    """Return a line about it, empty where it is not said.

    :param wrong: what is too long is put there.
    :param home: it is that the child goes home, in a period.
    """
    if len(elsewhere.paper) > LONGEST_PAPER:
        wrong["afgjort_hvor"] = "Teksten er for lang. Skriv den kortere."
    if elsewhere.on is None or elsewhere.by is None:
        return ""
    who = DECIDERS[elsewhere.by]
    who = who.lower() if elsewhere.by in COMMON else who
    paper = elsewhere.paper.strip()
    voted = elsewhere.by is Decider.UDVALGET and elsewhere.votes is not None
    votes = f", {danish.counted(elsewhere.votes or 0, 'stemme', 'stemmer')}" if voted else ""
    said = f"Afgjort {danish.long_date(elsewhere.on)} af {who}{votes}. Ligger her: {paper}."
    return f"{said} {_period(elsewhere)}" if home else said


def tell_going_home(here: OnIndsats, elsewhere: Elsewhere) -> None:
    """Record what the deadline rules follow from it, unless it is noted already (§ 100)."""
    what, on = H.HJEMGIVELSE_BESLUTTET, elsewhere.on
    if on is None or on in noted.days_of(here.work.connection, here.sag.id, what):
        return
    if elsewhere.until is None:
        here.happened(what, on, uden_periode=True)
    else:
        starts = elsewhere.starts or on
        here.happened(what, on, periode_fra=starts.isoformat(), ende=elsewhere.until.isoformat())


def _period(elsewhere: Elsewhere) -> str:
    if elsewhere.until is None or elsewhere.starts is None:
        return "Der er ingen hjemgivelsesperiode."
    first, last = danish.long_date(elsewhere.starts), danish.long_date(elsewhere.until)
    return f"Hjemgivelsesperioden er fra {first} til {last}."
