"""Hvem har set sagen: the case's part of the read log, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.journal import Capability
from dubu_plugin.ports.journal_objects import CaseRead, Kind, Ref
from dubu_plugin.store.sag import sag_panel, who_looked
from dubu_plugin.store.sag.who_looked import PER_PAGE, Look
from dubu_plugin.usecases.inddragelse.locked_samtale import DETAIL
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import page_number
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.sag.view import REASONS

router = APIRouter()

LogReader = Annotated[Visit, Depends(Door(Act.READ_LOG, about="sag"))]

DONE: Final[Mapping[str, str]] = {
    Act.READ: "Læste {}",
    Act.WRITE: "Skrev på {}",
    Act.REGISTER: "Registrerede {}",
    Act.ASSESS: "Vurderede {}",
    Act.SEARCH: "Så {} på en liste",
    Act.EXPORT: "Tog et udtræk af {}",
    Act.PRINT: "Udskrev {}",
    Act.REVEAL: "Fik CPR-nummer eller adresse vist på {}",
    Act.TAKE_BACK: "Hentede {} tilbage",
    Act.READ_LOG: "Åbnede denne liste",
}
TRIED: Final = "Blev afvist på {}"
THINGS: Final = {"sag": "sagen", "underretning": "underretningen"}
LOCKED: Final = "den låste del af en samtale"

ROLES: Final = {
    "sagsbehandler": "rådgiver",
    "teamleder": "leder",
    "revisor": "revisor",
}
RELATIONS: Final = {
    "forfatter": "har skrevet den",
    "navngivet": "den er delt med",
    "leder": "leder enheden",
    "ansvarlig": "har ansvaret for sagen",
    "medarbejder_paa_sagen": "arbejder på sagen",
    "samme_enhed": "er i sagens enhed",
    "enhed_under": "leder enheden over",
    "har_faaet_underretningen": "har fået underretningen",
    "enheden_har_faaet_underretningen": "er i enheden, der har fået underretningen",
    "har_givet_videre": "gav den videre",
    "ingen": "fører tilsyn",
}
REFUSALS: Final = {
    "selv": "er selv en del af sagen",
    "familie": "er i familie med en på sagen",
    "beskyttet": "sagen er beskyttet",
    "ingen_regel": "har ikke adgang",
    "laast": "den låste del er ikke delt med vedkommende",
    "ukendt_medarbejder": "er ikke ansat mere",
}


@dataclass(frozen=True, slots=True)
class LookLine:
    """One line in words."""

    who: str = field(repr=False)
    what: str
    when: str
    why: str
    refused: bool


@router.get("/dubu/sag/{sag}/log")
def show(visit: LogReader, side: int = 1) -> Response:
    """Show who has looked at the case. That somebody looks here is a line of it too."""
    number = page_number(side)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        ours, more = who_looked.looks(
            connection, visit.asker, visit.subject, per_page=number * PER_PAGE
        )
    theirs = _seen_in_journal(visit, head.host_key, number * PER_PAGE + 1)
    found: list[Look | CaseRead] = [*ours, *(theirs or ())]
    found.sort(key=lambda one: one.at, reverse=True)
    more = more or len(found) > number * PER_PAGE
    here = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    url = f"/dubu/sag/{visit.subject}"
    values = {
        "child": child_title(head.child_name, head.termin if head.born is None else None),
        "case_url": url,
        "both": theirs is not None,
        "journal_url": _in_journal(visit, head.host_key),
        "lines": lines(here, visit.now),
        "number": number,
        "newer_url": f"{url}/log?side={number - 1}" if number > 1 else None,
        "older_url": f"{url}/log?side={number + 1}" if more else None,
    }
    page = Page("sag/log.html", "Hvem har set sagen", case=head.host_key, tab=TAB, values=values)
    return visit.page(page)


def _in_journal(visit: Visit, case: str | None) -> str | None:
    """Return the address of the case in the journal, which has a list of its own."""
    journal = visit.product.ports.journal
    return journal.url_for(Ref(journal.name, Kind.CASE, case)) if case else None


def _seen_in_journal(visit: Visit, case: str | None, limit: int) -> Sequence[CaseRead] | None:
    """Return who has looked in the journal's own pages; None where it cannot or may not be told."""
    journal = visit.product.ports.journal
    if case is None or Capability.READS not in journal.capabilities().flags:
        return None
    try:
        return journal.reads(Ref(journal.name, Kind.CASE, case), visit.asker.key, limit=limit)
    except AdapterError:  # the page stands while the journal is down, and links to its list
        return None


def lines(found: Sequence[Look | CaseRead], now: datetime) -> Sequence[LookLine]:
    """Return the lines in words."""
    return [line(one, now) if isinstance(one, Look) else there(one, now) for one in found]


def there(one: CaseRead, now: datetime) -> LookLine:
    """Return one of the journal's own in words."""
    return LookLine(
        who=one.name,
        what=f"{one.what}: {one.thing}" if one.thing else one.what,
        when=danish.unbroken(danish.list_moment(one.at, now)),
        why="I journalens egne sider",
        refused=one.refused,
    )


def line(one: Look, now: datetime) -> LookLine:
    """Return one of them in words."""
    name = one.name or f"Medarbejder {one.employee}"
    words = DONE.get(one.act, "Brugte {}") if one.allowed else TRIED
    return LookLine(
        who=f"{name}, {one.title}" if one.title else name,
        what=words.format(LOCKED if one.detail == DETAIL else THINGS.get(one.kind, "den")),
        when=danish.unbroken(danish.list_moment(one.at, now)),
        why=_why(one.why),
        refused=not one.allowed,
    )


def _why(ground: str) -> str:
    """Return the ground in words; one we have no words for stands as it is."""
    role, _, relation = ground.partition(":")
    if role == "grund":
        return f"Grund: {dict(REASONS).get(relation, relation)}"
    if role == "nej":
        return f"Afvist: {REFUSALS.get(relation, 'har ikke adgang')}"
    if role == DETAIL and relation in RELATIONS:
        return f"Låst del: {RELATIONS[relation]}"
    if role in ROLES and relation in RELATIONS:
        return f"{ROLES[role].capitalize()}, der {RELATIONS[relation]}"
    return ground
