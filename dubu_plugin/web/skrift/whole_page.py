"""The whole text of a skrift, to read and to print; for the leader, with what to do about it."""

from collections.abc import Iterable
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.skrift import tekster
from dubu_plugin.usecases.skrift.written_since import WrittenSince
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.own_draft import draft_of
from dubu_plugin.web.skrift.chapters import Chapter, chapters
from dubu_plugin.web.skrift.opened import ONE, Opened, opened
from dubu_plugin.web.skrift.read_by import Way, read_by, ways
from dubu_plugin.web.skrift.screen import page

router = APIRouter()

URL: Final = ONE + "/hele-teksten"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Printer = Annotated[Visit, Depends(Door(Act.PRINT, about="sag"))]


@router.get(URL)
def show(visit: Reader, skrift: str, version: int | None = None, metode: str = "") -> Response:
    """Show the whole text; by the dimensions of another method, where one is named."""
    return _drawn(visit, opened(visit, skrift, version=version), metode)


@router.get(URL + "/udskriv")
def prints(visit: Printer, skrift: str, version: int | None = None, metode: str = "") -> Response:
    """Show the whole text as it is printed."""
    return _drawn(visit, opened(visit, skrift, version=version), metode)


def read_again(visit: Visit, here: Opened, no: WrittenSince, remark: str) -> Response:
    """Show the whole text as it is now to a leader who approved what it was."""
    return _drawn(visit, here, "", since=no.for_people(), remark=remark)


def _drawn(
    visit: Visit, here: Opened, method: str, *, since: str = "", remark: str = ""
) -> Response:
    book = visit.product.methods.book
    others = ways(here.method, book)
    way = next((one for one in others if one.code == method), None)
    if method and way is None:
        raise NotYours
    text: Iterable[Chapter] = chapters(visit, here)
    if way is not None and here.method is not None:
        text = read_by(text, here.method, book.versions(way.code)[-1], book)
    shown = next(one for one in here.versions if one.number == here.version)
    by = here.names.get(shown.approved_by or "", "")
    draft = draft_of(visit, draft_of_leader(here))
    values = {
        "chapters": list(text),
        "asked": _asked(here, way),
        "ways": others,
        "way": way,
        "approved": danish.unbroken(f"{danish.moment_text(shown.approved_at)} af {by}")
        if shown.approved_at
        else "",
        "asks_leader": here.may_approve and here.form.leader and here.writes,
        "waits": here.skrift.state is SkriftState.FREMLAGT,
        "older": here.version < here.skrift.version,
        "deadline": None,
        "child": here.head.child_name,
        "remark": remark or draft.one("bemaerkning") or here.newest.remark or "",
        "restored": "" if remark else draft.restored,
        "draft": draft_of_leader(here),
        "since": since,
        "read": tekster.digest(here.said),
    }
    return page(visit, "skrift/hele.html", here, values, title="Hele teksten")


def draft_of_leader(here: Opened) -> str:
    """Return the name of the draft of what a leader writes of it."""
    return f"leder:{here.skrift.id}"


def _asked(here: Opened, way: Way | None) -> str:
    """Return what the address asks for: an older version, another method."""
    older = {"version": here.version} if here.version < here.skrift.version else {}
    return urlencode(older | ({"metode": way.code} if way else {}))
