"""The letters of a case: those a person prints and posts or hands over, and those that are sent."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.usecases.dokument.send_again import letter_gone_out
from dubu_plugin.usecases.dokument.sent_on_paper import (
    BY_HAND,
    BY_POST,
    letters_to_print,
    of_case,
    post_letters,
)
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent, UnknownButton
from dubu_plugin.web.indgang.original_page import attachment
from dubu_plugin.web.keys import keys_in
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.sag.paper_view import gone_lines, paper
from dubu_plugin.web.typed_time import NO_DAY, NotAMoment, happened

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/breve"
PDF: Final = "application/pdf"
SAID: Final = {
    BY_POST: "Det er noteret, at brevene er sendt med posten.",
    BY_HAND: "Det er noteret, at brevene er overleveret.",
}
"""What is said when it is done, by the button."""
AGAIN: Final = "igen"
WRITTEN: Final = "Et nyt brev bliver skrevet. Når det er klar, står det her til at blive printet."
"""What is said when a letter is sent anew (`letter_again_page`)."""

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, gemt: str = "") -> Response:
    """Show what waits, and what has left."""
    return _drawn(visit, EMPTY, said={**SAID, AGAIN: WRITTEN}.get(gemt, ""))


@router.post(URL)
def went(visit: Writer, sent: Form) -> Response:
    """Note that the letters that are ticked were posted, or handed over."""
    how = sent.one("handling")
    chosen = keys_in(sent.many("brev"))
    try:
        if how not in SAID:
            raise UnknownButton
        post_letters(visit.subject, chosen, how, _day(sent, visit.now), **visit.means)
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no))
    return RedirectResponse(f"{URL.format(sag=visit.subject)}?gemt={how}", status_code=303)


@router.get(URL + "/{letter}/pdf")
def pages(visit: Reader, letter: UUID) -> Response:
    """Hand out a letter that waits to be printed, or has left."""
    with visit.reading() as connection:
        waiting = letters_to_print(connection, seen=of_case(visit.subject))
        gone = letter_gone_out(connection, visit.subject, letter)
    one = next((one for one in waiting if one.letter == letter), gone)
    if one is None or one.pdf_sha256 is None:
        raise NotYours
    title = visit.product.letters[one.code].row.title
    return attachment(visit, one.pdf_sha256, f"{title}.pdf", PDF)


def _day(sent: Sent, now: datetime) -> datetime:
    """Return when the letters went: now, or noon of another day.

    :raises NotAMoment: it is no day.
    """
    try:
        return happened(sent.one("postet"), "", now)
    except NotAMoment:
        raise NotAMoment({"postet": NO_DAY}) from None


def _drawn(visit: Visit, sent: Sent, *, said: str = "") -> Response:
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        may_write = visit.may(connection, Act.WRITE)
        shown = paper(
            connection, visit.product.letters, visit.subject, danish.danish_day(visit.now),
            chosen=sent.many("brev") if sent.fields else None, day=sent.one("postet"),
        )  # fmt: skip
        gone = gone_lines(connection, visit.product.letters, visit.subject, visit.now)
    values = {
        "url": f"/dubu/sag/{visit.subject}",
        "paper": shown,
        "gone": gone,
        "may_post": may_write,
        "said": said,
    }
    page = Page("sag/letters.html", "Breve", case=head.host_key, tab=TAB, values=values)
    return visit.form(page, sent)
