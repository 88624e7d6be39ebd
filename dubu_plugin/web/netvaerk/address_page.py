"""The protected address of somebody in the network, shown once to who says why."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act, Decision, decide
from dubu_plugin.store import access, read_log, shown_once
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.netvaerk.line_page import ONE, drawn, line_of
from dubu_plugin.web.sag.view import REASONS

router = APIRouter()

REVEAL: Final = ONE + "/vis-adresse"
SHOWN: Final = ONE + "/vist"
UNKNOWN: Final = "Adressen er ikke oplyst"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Revealer = Annotated[Visit, Depends(Door(Act.REVEAL, about="sag"))]


@router.post(REVEAL)
def reveal(visit: Revealer, linje: str, sent: Form) -> Response:
    """Have it shown once; who asked, and why, stands in the log."""
    line = line_of(visit, linje)
    reason = sent.one("grund")
    if reason not in dict(REASONS):
        wrong = {"grund": "Vælg, hvorfor du skal se adressen."}
        return drawn(visit, line, Sent({}, wrong=wrong, status=422))
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        read_log.add(
            work.connection, at=visit.now, employee=visit.asker.key, act=Act.REVEAL,
            subject_kind="sag", subject_id=str(visit.subject),
            decision=Decision(True, f"grund:{reason}"), detail=f"adresse:person:{line.who.id}",
        )  # fmt: skip
        shown_once.order(work, visit.subject, _ordered(linje))
    return RedirectResponse(SHOWN.format(sag=visit.subject, linje=linje), status_code=303)


@router.get(SHOWN)
def shown(visit: Reader, linje: str) -> Response:
    """Show it, this once; loaded again it is hidden."""
    line = line_of(visit, linje)
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        ordered = shown_once.take(work, visit.subject)
        about = access.subject(work.connection, visit.asker, "sag", visit.subject)
    may = about is not None and bool(decide(visit.asker, Act.REVEAL, about))
    if not may or ordered != _ordered(linje):
        return RedirectResponse(ONE.format(sag=visit.subject, linje=linje), status_code=303)
    return drawn(visit, line, EMPTY, shown=line.who.address or UNKNOWN)


def _ordered(linje: str) -> str:
    return f"adresse:{linje}"
