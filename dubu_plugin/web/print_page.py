"""Print views: what a page is printed from, behind a door that writes the printing in the log.

A page about a case or an underretning holds back what it shows when a browser is told to print it;
only a page that came through the door of `Act.PRINT` prints. The line stands before the page does.

Source: databeskyttelsesforordningen art. 5, stk. 2, and 32.
"""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain.access import Act
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.sag import page as sag_page
from dubu_plugin.web.underretning import drawn as underretning_drawn
from dubu_plugin.web.underretning.screen import Typing

router = APIRouter()


@router.get("/dubu/sag/{sag}/udskriv")
def of_sag(visit: Annotated[Visit, Depends(Door(Act.PRINT, about="sag"))]) -> Response:
    """Show the panel as it is printed."""
    return sag_page.drawn(visit)


@router.get("/dubu/indgang/{underretning}/udskriv")
def of_underretning(
    visit: Annotated[Visit, Depends(Door(Act.PRINT, about="underretning"))],
) -> Response:
    """Show the underretning as it is saved, to be printed."""
    return underretning_drawn.drawn(visit, Typing())
