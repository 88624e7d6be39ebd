"""Statements: ask several at once, chase, write in what came, or wait no longer."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.gates.apart import SEEN
from dubu_plugin.domain.inddragelse import (
    SOURCES,
    Grundlag,
    NotWhole,
    UdtalelseState,
)
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.inddragelse import udtalelser
from dubu_plugin.store.inddragelse.udtalelser import Udtalelse
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.usecases.inddragelse import ask_udtalelser as asking
from dubu_plugin.usecases.inddragelse.ask_udtalelser import Recipient, Wanted, dimensions
from dubu_plugin.usecases.inddragelse.consents import consents
from dubu_plugin.usecases.inddragelse.follow_udtalelse import (
    Came,
    ask_on_without,
    chase,
    give_up,
    receive,
)
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.inddragelse import samtale_form
from dubu_plugin.web.inddragelse.page import (
    around,
    back,
    listing,
)
from dubu_plugin.web.inddragelse.view import basis_words, request_state
from dubu_plugin.web.keys import key_in, keys_in
from dubu_plugin.web.letter_notes import heed_family
from dubu_plugin.web.naming import at_the_beginning
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.typed_time import NO_DAY, day_of

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/udtalelser"
ONE: Final = URL + "/{udtalelse}"
ROWS: Final = 3
"""How many rows stand there at first."""
MORE: Final = "flere"
OF_ROW: Final = ("kilde", "navn", "adresse", "mail")

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show_new(visit: Reader) -> Response:
    """Show the form that asks for statements, or the draft of it."""
    return _new(visit, draft_of(visit, _draft("udtalelser", visit.subject)))


@router.post(URL)
def ask(visit: Writer, sent: Form) -> Response:
    """Ask all who are named, or show a row more."""
    if sent.one("handling") == MORE:
        return _new(visit, sent, more=1)
    try:
        asking.ask_udtalelser(visit.subject, _wanted(sent), **visit.means)
    except CaseworkError as no:
        return _new(visit, sent.refused(no))
    forget(visit, _draft("udtalelser", visit.subject))
    return back(visit, "bedt")


@router.get(ONE)
def show(visit: Reader, udtalelse: str) -> Response:
    """Show a request, and the form what came is written in; else the draft of that."""
    found = _udtalelse(visit, udtalelse)
    return _one(visit, found, draft_of(visit, _draft("udtalelse", found.id)))


@router.post(ONE)
def write_in(visit: Writer, udtalelse: str, sent: Form) -> Response:
    """Store what came."""
    found = _udtalelse(visit, udtalelse)
    try:
        came = _came(sent)
        receive(visit.subject, found.id, came, sent.version, **visit.means)
    except CaseworkError as no:
        return _one(visit, _udtalelse(visit, udtalelse), sent.refused(no))
    forget(visit, _draft("udtalelse", found.id))
    return back(visit, "kommet")


@router.post(ONE + "/ryk")
def chase_it(visit: Writer, udtalelse: str) -> Response:
    """Send a second letter."""
    found = _udtalelse(visit, udtalelse)
    try:
        chase(visit.subject, found.id, **visit.means)
    except CaseworkError as no:
        return listing(visit, EMPTY.refused(no))
    return back(visit, "rykket")


@router.post(ONE + "/afgoer")
def settle(visit: Writer, udtalelse: str, sent: Form) -> Response:
    """Wait no longer, or ask on without consent: what the button that was pressed says."""
    found = _udtalelse(visit, udtalelse)
    act, done = (ask_on_without, "videre") if sent.one("handling") == "videre" else (
        give_up, "opgivet"
    )  # fmt: skip
    try:
        act(visit.subject, found.id, sent.one("hvorfor"), **visit.means)
    except CaseworkError as no:
        return _one(visit, _udtalelse(visit, udtalelse), sent.refused(no))
    came = any(sent.one(name) for name in sent.fields if name.startswith(("svar-", "dokument")))
    forget(visit, _draft("udtalelse", found.id), *(("hvorfor",) if came else ()))
    return back(visit, done)


def _wanted(sent: Sent) -> Wanted:
    due = sent.one("frist")
    try:
        day = day_of(due) if due else None
    except ValueError:
        raise NotWhole({"frist": NO_DAY}) from None
    basis = sent.one("grundlag")
    if basis not in set(Grundlag):
        raise NotWhole({"grundlag": "Vælg, hvad anmodningen bygger på."})
    return Wanted(
        recipients=[
            Recipient(row["kilde"], row["navn"], row["adresse"], row["mail"])
            for row in _rows(sent)
            if any(row.values())
        ],
        basis=Grundlag(basis),
        basis_reason=sent.one("grundlag_grund"),
        purpose=sent.one("formaal"),
        headings=tuple(sent.many("forhold")),
        due=day,
        told=tuple(keys_in(sent.many("besked"))),
        apart_seen=sent.one(SEEN) == "ja",
    )


def _rows(sent: Sent, at_least: int = 0) -> Sequence[Mapping[str, str]]:
    """Return the rows of the form, and empty ones until there are enough."""
    count = max(
        at_least, 1 + max((int(name[6:]) for name in sent.fields if _is_row(name)), default=-1)
    )
    most = min(count, asking.MOST + 1)
    return [{one: sent.one(f"{one}-{number}") for one in OF_ROW} for number in range(most)]


def _is_row(name: str) -> bool:
    return name.startswith("kilde-") and name[6:].isdecimal() and len(name) <= len("kilde-99")


def _came(sent: Sent) -> Came:
    typed = sent.one("modtaget")
    try:
        day = day_of(typed) if typed else None
    except ValueError:
        raise NotWhole({"modtaget": NO_DAY}) from None
    said = {name[5:]: sent.one(name) for name in sent.fields if name.startswith("svar-")}
    return Came(
        on=day,
        document_key=sent.one("dokument"),
        document_title=sent.one("dokument_titel"),
        said=said,
    )


def _new(visit: Visit, sent: Sent, more: int = 0) -> Response:
    today = danish.danish_day(visit.now)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        there = dimensions(connection, head.sag, visit.product, today)
        purpose = _purpose(connection, visit, head)
        # All of it is looked at where it is looked into; before a decision somebody says what.
        every = {one.code for one in there} if purpose and not sent.fields else set()
        chosen = set(sent.many("forhold")) or every
        there_is = consents(connection, head.sag, head.child, today)
        covered = [title for code, title in SOURCES.items() if there_is.covering(code)]
        values = {
            **around(visit, connection, head),
            "rows": _rows(sent, ROWS if not more else len(_rows(sent, ROWS)) + more),
            "sources": list(SOURCES.items()),
            "places": udtalelser.places(connection, head.sag),
            "dimensions": [(one.code, one.title, one.code in chosen) for one in there],
            "covered": danish.listed(covered) if covered else "",
            "family": [
                (str(one.person), one.name, one.tie, _is_told(sent, one.person, covered))
                for one in there_is.asked
            ],
            "f": {
                "grundlag": sent.one("grundlag") or Grundlag.SAMTYKKE.value,
                "grundlag_grund": sent.one("grundlag_grund"),
                "formaal": sent.one("formaal") or purpose,
                "frist": sent.one("frist") or asking.default_due(today).isoformat(),
            },
            "heed": heed_family(connection, head.sag, head.child, today),
            "apart_seen": sent.one(SEEN) == "ja",
            "draft": _draft("udtalelser", head.sag),
        }
    page = Page("inddragelse/udtalelser.html", "Bed om udtalelser", case=head.host_key, tab=TAB,
                values=values)  # fmt: skip
    return visit.form(page, sent)


def _is_told(sent: Sent, person: UUID, covered: Sequence[str]) -> bool:
    """Tell whether somebody is ticked: at first all are, where no consent has told them yet."""
    return str(person) in sent.many("besked") if sent.fields else not covered


def _purpose(connection: sa.Connection, visit: Visit, head: Head) -> str:
    """Return what statements are for where nobody has said: what the child is looked into by now.

    What else is written in, such as a decision, is no purpose a school can answer to.
    """
    for one in skrifter.of_sag(connection, head.sag):
        if one.is_open and one.method and one.kind in visit.product.forms.forms:
            form = visit.product.forms.of(one.kind)
            unborn = head.born is None and head.termin is not None
            return danish.unbroken(f"{form.title} ({form.paragraph(unborn=unborn)}).")
    return ""


def _one(visit: Visit, found: Udtalelse, sent: Sent) -> Response:
    today = danish.danish_day(visit.now)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        kept = udtalelser.answer(connection, found.id)
        titles = {letter.code: letter.title for letter in visit.product.letters}
        there = dimensions(connection, head.sag, visit.product, today)
        asked = [one for one in there if one.code in found.asked.headings]
        places = [
            (one.code, one.title, one.about)
            for one in there
            if one.code in found.asked.headings or one.code in kept
        ]
        values = {
            **around(visit, connection, head),
            "title": found.asked.organisation,
            "action": ONE.format(sag=head.sag, udtalelse=found.id),
            "mark": request_state(found, today),
            "facts": _facts(found, visit, [one.title for one in asked]),
            "answers": [
                (code, title, about, sent.one(f"svar-{code}") or kept.get(code, ""))
                for code, title, about in [*places, ("", "Andet, de skriver", "")]
            ],
            "documents": samtale_form.documents(connection, head.sag, titles),
            "f": {
                "modtaget": sent.one("modtaget") or (found.received_on or today).isoformat(),
                "dokument": sent.one("dokument") or found.document_key,
                "dokument_titel": sent.one("dokument_titel") or found.document_title,
                "hvorfor": sent.one("hvorfor"),
            },
            "seen": found.version,
            "waits": found.is_open,
            "stopped": found.state is UdtalelseState.STANDSET,
            "has_come": found.state is UdtalelseState.MODTAGET,
            "given_up": found.state is UdtalelseState.OPGIVET,
            "draft": _draft("udtalelse", found.id),
        }
    page = Page(
        "inddragelse/udtalelse.html", "Udtalelse", case=head.host_key, tab=TAB, values=values
    )
    return visit.form(page, sent)


def _facts(found: Udtalelse, visit: Visit, headings: Sequence[str]) -> Sequence[tuple[str, str]]:
    asked, today = found.asked, danish.danish_day(visit.now)
    facts: list[tuple[str, Any]] = [
        ("Spurgt", danish.list_moment(found.asked_at, visit.now)),
        ("Svar senest", danish.list_date(asked.due, today) if found.is_open else ""),
        ("Rykket", danish.list_moment(found.chased_at, visit.now) if found.chased_at else ""),
        ("Grundlag", f"{at_the_beginning(basis_words(found))}. {asked.basis_reason}".strip()),
        ("Formål", asked.purpose),
        ("Bedt om", danish.listed(list(headings))),
        ("Derfor ventes der ikke", found.ended_reason),
    ]
    return [(name, danish.unbroken(value)) for name, value in facts if value]


def _udtalelse(visit: Visit, key: str) -> Udtalelse:
    number = key_in(key)
    with visit.reading() as connection:
        found = udtalelser.by_id(connection, number)
    if found is None or found.sag != visit.subject:
        raise NotYours
    return found


def _draft(form: str, number: UUID) -> str:
    return f"{form}:{number}"
