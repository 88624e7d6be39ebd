"""A letter that came back, or went to an old address, is sent anew."""

from collections import defaultdict
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.apart import SEEN
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.usecases.dokument.send_again import REASONS, letter_gone_out, send_again
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.letter_notes import heed_family
from dubu_plugin.web.sag import letters_page
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.sag.paper_view import gone_line

router = APIRouter()

URL: Final = letters_page.URL + "/{letter}/igen"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, letter: UUID) -> Response:
    """Ask why a letter is sent anew."""
    return _drawn(visit, letter, EMPTY)


@router.post(URL)
def again(visit: Writer, letter: UUID, sent: Form) -> Response:
    """Have the letter written anew."""
    try:
        send_again(
            visit.subject, letter, sent.one("grund"), sent.one("ord"),
            apart_seen=sent.one(SEEN) == "ja", **visit.means,
        )  # fmt: skip
    except CaseworkError as no:
        return _drawn(visit, letter, sent.refused(no))
    back = letters_page.URL.format(sag=visit.subject)
    return RedirectResponse(f"{back}?gemt={letters_page.AGAIN}", status_code=303)


def _drawn(visit: Visit, letter: UUID, sent: Sent) -> Response:
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        one = letter_gone_out(connection, visit.subject, letter)
        may_write = visit.may(connection, Act.WRITE)
        heed = heed_family(connection, head.sag, head.child, danish_day(visit.now))
    if one is None:
        raise NotYours
    values = {
        "back": letters_page.URL.format(sag=visit.subject),
        "action": URL.format(sag=visit.subject, letter=letter),
        "letter": gone_line(one, visit.product.letters, visit.subject, visit.now),
        "may_write": may_write,
        "heed": heed,
        "reasons": list(REASONS.items()),
        "f": defaultdict(str, sent.ones()),
    }
    page = Page(
        "sag/letter_again.html", "Send brevet igen", case=head.host_key, tab=TAB, values=values
    )
    return visit.form(page, sent)
