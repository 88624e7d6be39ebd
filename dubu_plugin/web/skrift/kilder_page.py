"""The sources of a skrift: what is cited as ``#3``, what lies on the case and can be added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.skrift import skrift_kilder
from dubu_plugin.store.skrift.kilder import KildeKind
from dubu_plugin.usecases.skrift.sources import (
    add_known_source,
    add_source,
    strike_out_source,
)
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.forms import EMPTY, Form, Sent, UnknownButton
from dubu_plugin.web.skrift.opened import ONE, Opened, opened
from dubu_plugin.web.skrift.screen import page
from dubu_plugin.web.typed_time import NO_DAY, day_of

router = APIRouter()

URL: Final = ONE + "/alle-kilder"
KINDS: Final[Mapping[str, str]] = {
    KildeKind.BOERNESAMTALE: "Samtale med barnet",
    KildeKind.MOEDE: "Møde eller hjemmebesøg",
    KildeKind.UDTALELSE: "Udtalelse",
    KildeKind.ANDET: "Andet",
}
"""What somebody can put on the list that lies nowhere on the case."""

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something on the case that can be added."""

    key: str
    title: str
    day: str


@router.get(URL)
def show(visit: Reader, skrift: str) -> Response:
    """Show the list, and what can be put on it."""
    return _drawn(visit, opened(visit, skrift), EMPTY)


@router.post(URL)
def change(visit: Writer, skrift: str, sent: Form) -> Response:
    """Add a source or strike one out."""
    here = opened(visit, skrift)
    about = visit.subject, here.skrift.id
    word, _, what = sent.one("handling").partition(":")
    match word:
        case "stryg" if what.isdigit():
            strike_out_source(*about, int(what), **visit.means)
        case "tilfoej":
            add_known_source(*about, what, **visit.means)
        case "ny":
            return _new(visit, here, sent)
        case _:
            raise UnknownButton
    return RedirectResponse(f"{here.url}/alle-kilder", status_code=303)


def _new(visit: Visit, here: Opened, sent: Sent) -> Response:
    kind = sent.one("slags") if sent.one("slags") in KINDS else KildeKind.ANDET
    try:
        add_source(
            visit.subject, here.skrift.id, sent.one("titel"), kind=KildeKind(kind), day=_day(sent),
            **visit.means,
        )  # fmt: skip
    except CaseworkError as no:
        return _drawn(visit, here, sent.refused(no))
    return RedirectResponse(f"{here.url}/alle-kilder", status_code=303)


def _day(sent: Sent) -> date | None:
    typed = sent.one("dag")
    try:
        return day_of(typed) if typed else None
    except ValueError:
        raise FieldRefused("dag", NO_DAY) from None


def _drawn(visit: Visit, here: Opened, sent: Sent) -> Response:
    letters = {letter.code: letter.title for letter in visit.product.letters}
    with visit.reading() as connection:
        found = skrift_kilder.candidates(connection, visit.subject, letters)
    values = {
        "choices": _choices(visit, here, found),
        "kinds": list(KINDS.items()),
        "f": {"titel": "", "slags": KildeKind.ANDET.value, "dag": "", **sent.ones()},
        "wrong": sent.wrong,
        "deadline": None,
    }
    return page(visit, "skrift/kilder.html", here, values, title="Kilder", status=sent.status)


def _choices(
    visit: Visit, here: Opened, found: Sequence[skrift_kilder.Candidate]
) -> Sequence[Choice]:
    """Return what on the case is not on the list."""
    there = {one.subject for one in here.sources} | {one.document_key for one in here.sources}
    today = danish.danish_day(visit.now)
    return [
        Choice(one.key, one.title, danish.unbroken(danish.list_date(one.day, today)))
        for one in found
        if (one.subject or one.document_key) not in there
    ]
