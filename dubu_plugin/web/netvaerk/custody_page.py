"""Who has custody, where the child lives, and what language it speaks: one small form."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.custody import KNOWN_BY, Kendt
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.netvaerk import MAY_HOLD, Myndighed
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.family import netvaerk, stamkort
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.family.stamkort import Stamkort
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.usecases.netvaerk.say_custody import Said, say_custody
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.inddragelse.page import around
from dubu_plugin.web.keys import key_in, keys_in
from dubu_plugin.web.netvaerk import form
from dubu_plugin.web.netvaerk.page import URL, back
from dubu_plugin.web.netvaerk.view import is_minor
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

CUSTODY: Final = URL + "/foraeldremyndighed"
SEEN: Final = "set-"
"""What the field is called that says which version of a line was on the screen."""
DANISH: Final = "Dansk"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(CUSTODY)
def show(visit: Reader) -> Response:
    """Show the form, or the draft of it."""
    return _drawn(visit, draft_of(visit, _draft(visit)))


@router.post(CUSTODY)
def save(visit: Writer, sent: Form) -> Response:
    """Keep what the form says of everybody at once."""
    try:
        say_custody(visit.subject, _said(sent), **visit.means)
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no))
    forget(visit, _draft(visit))
    return back(visit, "foraeldremyndighed")


def _said(sent: Sent) -> Said:
    source = sent.one("kilde")
    seen: dict[UUID, int] = {}
    for name in sent.fields:
        if name.startswith(SEEN):
            person = key_in(name.removeprefix(SEEN))
            version = sent.one(name)
            seen[person] = int(version) if version.isdecimal() else -1
    return Said(
        seen=seen,
        seen_card=sent.version,
        holders=frozenset(keys_in(sent.many("har"))),
        homes=frozenset(keys_in(sent.many("bor"))),
        source=Kendt(source) if source in list(Kendt) else None,
        since=form.day(sent, "fra"),
        language=sent.one("sprog"),
        interpreter=sent.one("tolk") == form.YES,
    )


def _drawn(visit: Visit, sent: Sent) -> Response:
    today = danish_day(visit.now)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        card = stamkort.of_child(connection, head.child)
        lines = netvaerk.present(netvaerk.of_child(connection, head.child), today)
        adults = [one for one in lines if one.part.role in MAY_HOLD]
        values = {
            **around(visit, connection, head),
            "action": CUSTODY.format(sag=visit.subject),
            "adults": [
                (str(one.who.id), one.who.name, one.part.title, one.version) for one in adults
            ],
            "asked": is_minor(head, today),
            "sources": [(str(code), title) for code, title in KNOWN_BY.items()],
            "version": card.version,
            **_values(card, adults, sent),
            "draft": _draft(visit),
        }
    page = Page(
        "netvaerk/foraeldremyndighed.html",
        "Forældremyndighed og sprog",
        case=head.host_key,
        tab=TAB,
        values=values,
    )
    return visit.form(page, sent)


def _values(card: Stamkort, adults: list[Line], sent: Sent) -> dict[str, Any]:
    """Return what the form says: what was sent, or what stands."""
    if sent.fields:
        return {
            "have": sent.many("har"),
            "house": sent.many("bor"),
            "f": {name: sent.one(name) for name in ("kilde", "fra", "sprog", "tolk")},
        }
    return {
        "have": [str(one.who.id) for one in adults if one.part.custody is Myndighed.DEL],
        "house": [str(one.who.id) for one in adults if one.part.lives_here],
        "f": {
            "kilde": card.custody_source or "",
            "fra": card.custody_from.isoformat() if card.custody_from else "",
            "sprog": card.language or ("" if card.version else DANISH),
            "tolk": form.YES if card.interpreter else "",
        },
    }


def _draft(visit: Visit) -> str:
    return f"myndighed:{visit.subject}"
