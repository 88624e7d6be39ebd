"""The meetings of a case: booked, moved, cancelled, and what a person must look at."""

import re
from datetime import date, time
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.moede import TITLES, Hvornaar, Moedeform
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.usecases.moede.book import Booking, book
from dubu_plugin.usecases.moede.cancel import cancel
from dubu_plugin.usecases.moede.move import move
from dubu_plugin.usecases.moede.see_to import Answer, see_to
from dubu_plugin.usecases.moede.sound import Guest, NotSound
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.inddragelse.moede_view import meetings_of
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.typed_time import at_clock, clock_of, day_of

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/moeder"
DONE: Final = {
    "booket": "Mødet er booket.",
    "flyttet": "Mødet er flyttet.",
    "aflyst": "Mødet er aflyst.",
    "klaret": "Det er noteret.",
}
TOLD: Final = "Kalenderen får besked, og deltagerne får en mail."
NOT_TOLD: Final = "Kalenderen får besked. Giv selv deltagerne besked."
_WITH_ADDRESS: Final = re.compile(r"[^@]*?[^\s,<>@]+@[^\s,<>@]+>?")
"""A name, if any, and the address after it."""
FIELDS: Final = ("form", "dag", "fra", "til", "sted", "deltagere")

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, gemt: str = "") -> Response:
    """Show the meetings, and the form that books one."""
    told = TOLD if visit.product.ports.invitations is not None else NOT_TOLD
    said = DONE.get(gemt, "")
    said = f"{said} {told}" if said and gemt != "klaret" else said
    return _drawn(visit, draft_of(visit, _draft(visit.subject)), said=said)


@router.post(URL)
def add(visit: Writer, sent: Form) -> Response:
    """Book one."""
    try:
        booking = Booking(_form(sent), _when(sent), _guests(sent.one("deltagere")))
        book(booking, product=visit.product, asker=visit.asker, sag=visit.subject, now=visit.now)
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no))
    forget(visit, _draft(visit.subject))
    return _back(visit, "booket")


@router.post(URL + "/flyt")
def rearrange(visit: Writer, sent: Form) -> Response:
    """Move one."""
    try:
        moede = _moede(sent)
        move(
            moede, _when(sent), product=visit.product, asker=visit.asker, sag=visit.subject,
            now=visit.now,
        )  # fmt: skip
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no))
    return _back(visit, "flyttet")


@router.post(URL + "/aflys")
def call_off(visit: Writer, sent: Form) -> Response:
    """Cancel one."""
    try:
        moede = _moede(sent)
    except NotSound as no:
        return _drawn(visit, Sent({}).refused(no))
    cancel(moede, product=visit.product, asker=visit.asker, sag=visit.subject, now=visit.now)
    if sent.one("tilbage") == "afslut":  # it was cancelled where the case is closed
        return RedirectResponse(f"/dubu/sag/{visit.subject}/afslut", status_code=303)
    return _back(visit, "aflyst")


@router.post(URL + "/linje")
def answer_line(visit: Writer, sent: Form) -> Response:
    """Do what a person decides about a line."""
    answers = {str(one): one for one in Answer}
    try:
        moede = _moede(sent)
    except NotSound as no:
        return _drawn(visit, Sent({}).refused(no))
    see_to(
        moede, answers.get(sent.one("svar"), Answer.SEEN), product=visit.product,
        asker=visit.asker, sag=visit.subject, now=visit.now,
    )  # fmt: skip
    return _back(visit, "klaret")


def _drawn(visit: Visit, typed: Sent, *, said: str = "") -> Response:
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        shown = meetings_of(
            connection, visit.subject, visit.now, training=visit.product.settings.training
        )
        may_write = visit.may(connection, Act.WRITE)
    values = {
        "url": f"/dubu/sag/{visit.subject}",
        "shown": shown,
        "said": said,
        "moving": typed.one("moede"),
        "draft": _draft(visit.subject),
        "typed": {name: typed.one(name) for name in FIELDS},
        "forms": [(str(form), title) for form, title in TITLES.items()],
        "may_write": may_write,
        "closed": head.phase == CLOSED,
        "has_mail": visit.product.ports.invitations is not None,
    }
    page = Page("inddragelse/moeder.html", "Møder", case=head.host_key, tab=TAB, values=values)
    return visit.form(page, typed)


def _draft(sag: UUID) -> str:
    return f"moede:{sag}"


def _back(visit: Visit, done: str) -> Response:
    return RedirectResponse(f"/dubu/sag/{visit.subject}/moeder?gemt={done}", status_code=303)


def _moede(sent: Sent) -> UUID:
    typed = sent.one("moede")
    if not typed:
        raise NotSound({"": "Vælg det møde, det gælder."})
    try:
        return UUID(typed)
    except ValueError:
        raise NotYours from None


def _form(sent: Sent) -> Moedeform:
    try:
        return Moedeform(sent.one("form"))
    except ValueError:
        raise NotSound({"form": "Vælg, hvad mødet er."}) from None


def _when(sent: Sent) -> Hvornaar:
    """Return the time and place that was typed.

    :raises NotSound: a field is empty or no time at all.
    """
    wrong = {}
    try:
        day: date | None = day_of(sent.one("dag"))
    except ValueError:
        day, wrong["dag"] = None, "Skriv, hvilken dag mødet er."
    times: dict[str, time] = {}
    for name, sentence in (
        ("fra", "Skriv, hvornår mødet begynder."),
        ("til", "Skriv, hvornår mødet slutter."),
    ):
        try:
            times[name] = clock_of(sent.one(name))
        except ValueError:
            wrong[name] = sentence
    if wrong or day is None:
        raise NotSound(wrong)
    return Hvornaar(at_clock(day, times["fra"]), at_clock(day, times["til"]), sent.one("sted"))


def _guests(typed: str) -> list[Guest]:
    """Return those to invite: a name and an address in any order, or only one of them.

    Each has a line, or stands as a mail program writes them, after one another with semicolons; or
    with commas, each name before its address.
    """
    return [
        guest
        for line in typed.splitlines()
        for part in line.split(";")
        for one in (_WITH_ADDRESS.findall(part) if part.count("@") > 1 else [part])
        if (guest := _guest(one)) is not None
    ]


def _guest(typed: str) -> Guest | None:
    words = [word.strip('<>,;()"') for word in typed.split()]
    addresses = [word for word in words if "@" in word]
    name = " ".join(word for word in words if word and "@" not in word)
    return Guest(name, addresses[0] if addresses else None) if name or addresses else None
