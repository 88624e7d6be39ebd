"""Vælg barnet: which child something is about that is not assessed, such as an application."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import known_family
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.underretning.child_choice import (
    ChildByCpr,
    ChildChoice,
    KnownChild,
    UnknownChild,
)
from dubu_plugin.usecases.underretning.choose_child import choose_child
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.underretning.view import candidate, headline

router = APIRouter()

URL: Final = "/dubu/indgang/{underretning}/barn"
ANOTHER: Final = "andet"
UNKNOWN: Final = "ukendt"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="underretning"))]
Registrar = Annotated[Visit, Depends(Door(Act.REGISTER, about="underretning"))]


@router.get(URL)
def ask(visit: Reader) -> Response:
    """Show who it may be."""
    return _drawn(visit, EMPTY)


@router.post(URL)
def choose(visit: Registrar, sent: Form) -> Response:
    """Put it on the child's case."""
    try:
        choose_child(visit.subject, _choice(visit, sent), version=sent.version, **visit.means)
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no, at="barn"))
    return RedirectResponse(f"/dubu/indgang/{visit.subject}", status_code=303)


def _choice(visit: Visit, sent: Sent) -> ChildChoice:
    """Return what was chosen.

    :raises FieldRefused: nothing was.
    :raises NotYours: it is nobody who was shown.
    """
    chosen = sent.one("barn")
    if chosen == ANOTHER:
        return ChildByCpr(sent.one("cpr"), sent.one("navn"))
    if chosen == UNKNOWN:
        return UnknownChild(sent.one("beskrivelse"))
    if not chosen:
        raise FieldRefused("barn", "Vælg, hvilket barn det handler om.")
    with visit.reading() as connection:
        shown = {str(one.person) for one in known_family.likely(connection, visit.subject)}
    if chosen not in shown:
        raise NotYours
    return KnownChild(UUID(chosen))


def _drawn(visit: Visit, sent: Sent) -> Response:
    with visit.reading() as connection:
        about = underretninger.by_id(connection, visit.subject)
        likely = known_family.likely(connection, visit.subject)
    if about is None:
        raise NotYours
    names = ("barn", "cpr", "navn", "beskrivelse")
    values = {
        "about": headline(about),
        "url": f"/dubu/indgang/{about.id}",
        "version": sent.version if sent.fields else about.version,
        "candidates": [candidate(one, danish_day(visit.now)) for one in likely],
        "f": {name: sent.one(name) for name in names},
    }
    return visit.form(
        Page("indgang/choose_child.html", "Vælg barnet", "/dubu/indgang", values=values), sent
    )
