"""Consents: ask for them, and note what was answered."""

from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.gates.apart import SEEN
from dubu_plugin.domain.inddragelse import (
    CONSENTS,
    SOURCES,
    WAYS,
    NotWhole,
    Samtykkeart,
    SamtykkeState,
    Way,
    last_day,
)
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.inddragelse import samtykker
from dubu_plugin.store.inddragelse.samtykker import Samtykke
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.unit_names import employee_names
from dubu_plugin.usecases.inddragelse.answer_samtykke import (
    give,
    refuse,
    withdraw,
)
from dubu_plugin.usecases.inddragelse.ask_samtykke import Wanted, ask_samtykke
from dubu_plugin.usecases.inddragelse.parties import parties
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.inddragelse.page import around, back, moment
from dubu_plugin.web.inddragelse.view import source_names, state_of
from dubu_plugin.web.keys import key_in, keys_in
from dubu_plugin.web.letter_notes import heed_family
from dubu_plugin.web.netvaerk.view import is_minor
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.typed_time import NO_DAY, day_of

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/samtykker"
ONE: Final = URL + "/{samtykke}"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show_new(visit: Reader) -> Response:
    """Show the form that asks for consent, or the draft of it."""
    return _new(visit, draft_of(visit, _draft(visit.subject)))


@router.post(URL)
def ask(visit: Writer, sent: Form) -> Response:
    """Ask each who is chosen."""
    try:
        ask_samtykke(visit.subject, _wanted(sent), **visit.means)
    except CaseworkError as no:
        return _new(visit, sent.refused(no))
    forget(visit, _draft(visit.subject))
    return back(visit, "spurgt")


@router.get(ONE)
def show(visit: Reader, samtykke: str) -> Response:
    """Show a consent, and what can be noted of it; else the draft of that."""
    found = _samtykke(visit, samtykke)
    return _one(visit, found, draft_of(visit, _draft_of(found)))


@router.post(ONE)
def answer(visit: Writer, samtykke: str, sent: Form) -> Response:
    """Note a yes, a no, or that it is withdrawn: what the button that was pressed says."""
    found = _samtykke(visit, samtykke)
    here = (visit.subject, found.id)
    done = "svar"
    try:
        at = _day(sent, visit.now)
        match sent.one("handling"):
            case "ja":
                give(*here, _way(sent), at, **visit.means)
            case "nej":
                refuse(*here, sent.one("sagt"), sent.one("uden"), at, **visit.means)
            case "traek":
                withdraw(*here, sent.one("sagt"), at, **visit.means)
                done = "trukket"
            case _:
                return _one(visit, found, sent)
    except CaseworkError as no:
        return _one(visit, _samtykke(visit, samtykke), sent.refused(no))
    forget(visit, _draft_of(found))
    return back(visit, done)


def _wanted(sent: Sent) -> Wanted:
    try:
        kind = Samtykkeart(sent.one("art"))
    except ValueError:
        raise NotWhole({"art": "Vælg, hvad der spørges om."}) from None
    return Wanted(
        givers=tuple(keys_in(sent.many("givere"))),
        other=sent.one("anden"),
        kind=kind,
        sources=tuple(sent.many("kilder")),
        purpose=sent.one("formaal"),
        begins=_date(sent, "fra"),
        ends=_date(sent, "til"),
        with_letter=sent.one("brev") == "ja",
        apart_seen=sent.one(SEEN) == "ja",
    )


def _date(sent: Sent, name: str) -> date | None:
    typed = sent.one(name)
    if not typed:
        return None
    try:
        return day_of(typed)
    except ValueError:
        raise NotWhole({name: NO_DAY}) from None


def _day(sent: Sent, now: datetime) -> datetime | None:
    return moment(sent, now) if sent.one("dag") else None


def _way(sent: Sent) -> Way:
    try:
        return Way(sent.one("maade"))
    except ValueError:
        raise NotWhole({"maade": "Vælg, hvordan samtykket er givet."}) from None


def _new(visit: Visit, sent: Sent) -> Response:
    today = danish.danish_day(visit.now)
    fresh = not sent.fields
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        values = {
            **around(visit, connection, head),
            "people": [
                (str(one.person), one.name, one.tie)
                for one in parties(connection, head.child, today)
            ],
            "asks_custody": is_minor(head, today) and not head.holders,
            "kinds": [(str(code), title) for code, title in CONSENTS.items()],
            "sources": list(SOURCES.items()),
            "chosen": {"givere": sent.many("givere"), "kilder": sent.many("kilder")},
            "f": {
                "art": sent.one("art") or Samtykkeart.INDHENTE.value,
                "anden": sent.one("anden"),
                "formaal": sent.one("formaal"),
                "fra": sent.one("fra") or today.isoformat(),
                "til": sent.one("til") or last_day(today).isoformat(),
                "brev": fresh or sent.one("brev") == "ja",
            },
            "heed": heed_family(connection, head.sag, head.child, today),
            "apart_seen": sent.one(SEEN) == "ja",
            "draft": _draft(head.sag),
        }
    page = Page(
        "inddragelse/samtykker.html", "Bed om samtykke", case=head.host_key, tab=TAB, values=values
    )
    return visit.form(page, sent)


def _one(visit: Visit, found: Samtykke, sent: Sent) -> Response:
    today = danish.danish_day(visit.now)
    asked = found.asked
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        who = employee_names(connection, [found.asked_by]).get(found.asked_by, found.asked_by)
        facts = [
            ("Gives af", asked.giver_name),
            ("Gælder", source_names(asked.sources)),
            ("Formål", asked.purpose),
            ("Fra", danish.long_date(asked.begins)),
            ("Til og med", danish.long_date(asked.ends)),
            ("Spurgt", f"{danish.list_moment(found.asked_at, visit.now)} af {who}"),
            ("Svaret", _moment(found.answered_at, visit.now)),
            ("Sådan", WAYS[found.way] if found.way else ""),
            ("Trukket tilbage", _moment(found.withdrawn_at, visit.now)),
            ("Det blev sagt", found.said),
            ("Derfor uden samtykke (§ 11 c)", found.without_reason),
        ]
        values = {
            **around(visit, connection, head),
            "title": CONSENTS[asked.kind],
            "action": ONE.format(sag=head.sag, samtykke=found.id),
            "facts": [(name, danish.unbroken(value)) for name, value in facts if value],
            "mark": state_of(found, today),
            "asks": found.state is SamtykkeState.SPURGT,
            "refused": found.state is SamtykkeState.AFSLAAET,
            "given": found.state is SamtykkeState.GIVET,
            "ways": [(str(code), title) for code, title in WAYS.items()],
            "f": {name: sent.one(name) for name in ("maade", "sagt", "uden", "kl")}
            | {"dag": sent.one("dag") or today.isoformat()},
            "draft": _draft_of(found),
        }
    page = Page("inddragelse/samtykke.html", "Samtykke", case=head.host_key, tab=TAB, values=values)
    return visit.form(page, sent)


def _moment(at: datetime | None, now: datetime) -> str:
    return danish.list_moment(at, now) if at else ""


def _samtykke(visit: Visit, key: str) -> Samtykke:
    number = key_in(key)
    with visit.reading() as connection:
        found = samtykker.by_id(connection, number)
    if found is None or found.sag != visit.subject:
        raise NotYours
    return found


def _draft(sag: UUID) -> str:
    return f"samtykker:{sag}"


def _draft_of(one: Samtykke) -> str:
    """Return the name of its draft: of what is answered, or of what is said at a withdrawal."""
    return f"samtykke{'givet' if one.state is SamtykkeState.GIVET else ''}:{one.id}"
