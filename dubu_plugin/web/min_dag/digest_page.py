"""Today's morning mail as it would be sent now: one's own, also where no mail is sent at all."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.delivery.digest import digest, subject
from dubu_plugin.domain.access import Act
from dubu_plugin.store.min_dag import morgenmail
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page

router = APIRouter()

URL: Final = "/dubu/fravaer/morgenmail"


@router.get(URL)
def show(visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="dagens_morgenmail"))]) -> Response:
    """Show the mail, and whether it is one that is sent."""
    product = visit.product
    with visit.reading() as connection:
        text = digest(connection, visit.asker, product.store.rules, product.settings, visit.now)
        reader = morgenmail.reader(connection, visit.asker.key)
    sends = product.ports.mail is not None and product.settings.min_dag.mail
    values = {
        "subject": subject(visit.now),
        "text": text,
        "to": reader.email if reader else None,
        "sends": sends,
        "sent": sends and reader is not None and reader.gets_mail,
    }
    return visit.page(Page("min_dag/digest.html", "Dagens morgenmail", URL, values=values))
