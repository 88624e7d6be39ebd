"""Where somebody begins, by what they are employed to do: Min dag, or what an administrator has."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.ways import ADMINISTRATION, HELP, menu_of

router = APIRouter()

TASKS: Final = (
    ("Planer", "/dubu/planer", "De trin, en sag får, når der sker noget. Ret dem her."),
    ("Satser", "/dubu/satser", "Beløbene efter §§ 85-89 på en dag, og hvor de kommer fra."),
    (
        "Svarfrister",
        "/dubu/svarfrister",
        "Hvor hurtigt I svarer på en ansøgning, for hvert sagsområde.",
    ),
    (
        "Morgenmail",
        "/dubu/administration/morgenmail",
        "Hvem morgenmailen ikke når, og hvad der mangler.",
    ),
    ("Overblik", "/dubu/overblik", "Hvor mange frister der blev holdt, uden navne."),
    ("Indberetninger", "/dubu/indberetninger", "Kommunens egne indberetninger og deres frister."),
    ("Hjælp", HELP, "Hvad der er hvor, og genvejene på tastaturet."),
)
"""What an administrator has: a title, an address, and what is there."""


@router.get("/dubu", include_in_schema=False)
@router.get("/dubu/")
def start(visit: Annotated[Visit, Depends(Door(Act.FIND_WAY))]) -> Response:
    """Go to where somebody begins."""
    (_, first), *_ = menu_of(visit.asker)
    return RedirectResponse(first, status_code=303)


@router.get(ADMINISTRATION)
def show(visit: Annotated[Visit, Depends(Door(Act.ADMINISTER, page="administration"))]) -> Response:
    """Show what an administrator can do, and what is wrong with the municipality's own files."""
    wrong = [str(slip) for slip in visit.product.left_out.values()]
    values = {"tasks": TASKS, "wrong": wrong}
    return visit.page(Page("administration.html", "Administration", ADMINISTRATION, values=values))
