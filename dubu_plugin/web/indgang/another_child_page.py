"""Et barn til: registering a letter about two children for the second one as well."""

from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.underretning.another_child import register_another_child
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.underretning.receipt_view import After
from dubu_plugin.web.underretning.view import headline

router = APIRouter()

Reader = Annotated[Visit, Depends(Door(Act.READ, about="underretning"))]
Registrar = Annotated[Visit, Depends(Door(Act.REGISTER, about="underretning"))]

URL: Final = "/dubu/indgang/{underretning}/et-barn-til"


@router.get(URL)
def ask(visit: Reader) -> Response:
    """Say what happens, and ask."""
    return _drawn(visit, EMPTY)


@router.post(URL)
def register(visit: Registrar, sent: Form) -> Response:
    """Register it, and go to the new one, where the child is chosen."""
    try:
        receipt = register_another_child(visit.subject, _number(sent), **visit.means)
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no, at=""))
    url = f"/dubu/indgang/{receipt.underretning}?efter={After.ANOTHER_CHILD}"
    return RedirectResponse(url, status_code=303)


def _drawn(visit: Visit, sent: Sent) -> Response:
    with visit.reading() as connection:
        about = underretninger.by_id(connection, visit.subject)
    if about is None:
        raise NotYours
    values = {
        "about": headline(about),
        "url": f"/dubu/indgang/{about.id}",
        "form": uuid4(),
    }
    page = Page("indgang/another_child.html", "Et barn til", "/dubu/indgang", values=values)
    return visit.form(page, sent)


def _number(sent: Sent) -> UUID:
    """Return the form's own number: without it a form sent twice would register twice."""
    try:
        return UUID(sent.one("formular"))
    except ValueError:
        raise FieldRefused("", "Formularen kunne ikke læses. Tryk på knappen igen.") from None
