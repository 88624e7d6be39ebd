"""What a complaint's page says of it: how it came, by when it is looked at, and what it came to."""

from datetime import date
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.store.afgoerelse.klager import Genvurdering, Klage, KlageState
from dubu_plugin.usecases.afgoerelse.window import look_by, why_straight_on
from dubu_plugin.web.afgoerelse.klage_ruling import ruling_facts

FORMS: Final = (("skriftligt", "Skriftligt"), ("mundtligt", "Mundtligt, og vi skrev det ned"))
OUTCOMES: Final = (
    (Genvurdering.MEDHOLD.value, "Klageren får ret i det hele"),
    (Genvurdering.DELVIST.value, "Klageren får ret i noget af det"),
    (Genvurdering.INTET.value, "Afgørelsen står ved magt"),
)


def facts_of(klage: Klage, matter: Matter, today: date) -> list[tuple[str, str]]:
    """Return each with what it is called."""
    facts = [
        ("Modtaget", danish.list_date(danish.danish_day(klage.received_at), today)),
        ("Sådan kom den", dict(FORMS).get(klage.form, klage.form)),
        ("Klagerens ord", klage.words),
    ]
    if klage.state is not KlageState.TRUKKET and (why := why_straight_on(klage, matter)):
        facts.append(("Sendes straks videre", why))
    elif klage.state in (KlageState.MODTAGET, KlageState.FASTHOLDT):
        facts.append(("Senest", _due(klage, matter, today)))
    if klage.outcome:
        facts.append(("Genvurderingen", dict(OUTCOMES)[klage.outcome.value]))
    if klage.reassessment:
        facts.append(("Begrundelse", klage.reassessment))
    if klage.sent_at:
        facts.append(("Sendt", danish.list_date(danish.danish_day(klage.sent_at), today)))
    return [*facts, *ruling_facts(klage, today)]


def _due(klage: Klage, matter: Matter, today: date) -> str:
    """Return by when it is to be looked at or sent on, and from when that was put off."""
    day = danish.list_date(klage.due_on, today)
    first = look_by(matter, danish.danish_day(klage.received_at), late=klage.late)
    if klage.state is not KlageState.MODTAGET or klage.due_on <= first:
        return day
    return f"{day}. Udsat fra {danish.list_date(first, today)}, og det skrives til klageren."
