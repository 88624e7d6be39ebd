"""Help: what is where, and the shortcuts, which can be switched off."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act, Role
from dubu_plugin.web.door import Door, Visit, anything
from dubu_plugin.web.drawing import SHORTCUTS_OFF, Page
from dubu_plugin.web.forms import Form
from dubu_plugin.web.start_page import TASKS
from dubu_plugin.web.ways import ADMINISTRATION

router = APIRouter()

URL: Final = "/dubu/hjaelp"
A_YEAR: Final = 365 * 24 * 60 * 60

SHORTCUTS: Final = (
    ("/", "Søg"),
    ("g d", "Gå til Min dag (tast g, derefter d)"),
    ("g i", "Gå til Indgang (tast g, derefter i)"),
    ("j", "Næste linje"),
    ("k", "Forrige linje"),
    ("Enter", "Åbn linjen"),
    ("x", "Vælg linjen, eller vælg den fra"),
    ("Alt S", "Gem"),
)


@router.get(URL)
def show(visit: Annotated[Visit, Depends(Door(Act.FIND_WAY))]) -> Response:
    """Show it."""
    roles = visit.asker.roles
    values = {
        "keys": SHORTCUTS,
        "works": bool(anything(visit.asker, Act.SEARCH)),
        "registers": bool(anything(visit.asker, Act.REGISTER)),
        "leads": Role.TEAM_LEADER in roles,
        "tasks": [("Administration", ADMINISTRATION, "Det, du kan her."), *TASKS[:-1]],
        "administers": Role.ADMINISTRATOR in roles,
    }
    return visit.page(Page("help.html", "Hjælp", URL, values=values))


@router.post(URL + "/genveje")
def switch(visit: Annotated[Visit, Depends(Door(Act.FIND_WAY))], sent: Form) -> Response:
    """Switch the shortcuts on or off, for this browser."""
    answer = RedirectResponse(URL, status_code=303)
    if sent.one("genveje") == "fra":
        answer.set_cookie(SHORTCUTS_OFF, "fra", max_age=A_YEAR, path="/", samesite="lax")
    else:
        answer.delete_cookie(SHORTCUTS_OFF, path="/")
    return answer
