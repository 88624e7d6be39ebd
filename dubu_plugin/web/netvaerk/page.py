"""The network of a child: who is around it, how close, who can step in today, and the siblings."""

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.inddragelse.page import around
from dubu_plugin.web.netvaerk.view import network
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/netvaerk"
DONE: Final[Mapping[str, str]] = {
    "ny": "Personen er med i netværket.",
    "rettet": "Det er gemt.",
    "slut": "Personen er ude af netværket. Det, der stod, er gemt.",
    "igen": "Personen er med i netværket igen.",
    "foraeldremyndighed": "Det er gemt. Samtykker, parter og breve følger det.",
}
"""What is said above the network after each act."""

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]


@router.get(URL)
def show(visit: Reader, gemt: str = "") -> Response:
    """Show everybody around the child."""
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        values = {
            **around(visit, connection, head),
            "n": network(connection, visit.asker, head, visit.now),
            "said": DONE.get(gemt, ""),
        }
    page = Page("netvaerk/page.html", "Netværk", case=head.host_key, tab=TAB, values=values)
    return visit.page(page)


def back(visit: Visit, done: str) -> Response:
    """Go to the network, and say what was done."""
    return RedirectResponse(f"{URL.format(sag=visit.subject)}?gemt={done}", status_code=303)
