"""Where a form is kept while somebody types in it."""

import re
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.store import drafts
from dubu_plugin.store.access import NotYours
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.forms import Form

router = APIRouter()

NAME: Final = re.compile(r"[a-z]{2,20}(?::[0-9a-z-]{2,40})?")
"""What a form is called: ``vurdering:`` and the underretning's key, ``henvendelse:`` and the number
the form carries."""

# A draft is its writer's own and shows nobody anything, so keeping one leaves no line in the log.
Writer = Annotated[Visit, Depends(Door(Act.WRITE))]


@router.post("/dubu/kladde/{form}")
def keep(visit: Writer, form: str, sent: Form) -> Response:
    """Keep what has been typed so far, and say when."""
    _check(form)
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        drafts.keep(work, form, sent.typed(), base_version=sent.version)
    clock = danish.clock(visit.now).removeprefix("kl. ")
    return visit.part("saved.html", text=f"Kladde gemt {clock}")


@router.post("/dubu/kladde/{form}/slet")
def forget(visit: Writer, form: str, sent: Form) -> Response:
    """Throw the draft away, and show the form as it was before."""
    _check(form)
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        drafts.drop(work, form)
    back = sent.one("tilbage")
    inside = back.startswith("/dubu/") and "//" not in back and back.isprintable()
    return RedirectResponse(back if inside else "/dubu/min-dag", status_code=303)


def _check(form: str) -> None:
    if not NAME.fullmatch(form):
        raise NotYours
