"""The journal of a case: everything in one stream, and the notes somebody has begun."""

from typing import Annotated, Final
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, decide
from dubu_plugin.ports.journal import Capability
from dubu_plugin.store import access, drafts, read_log
from dubu_plugin.store.journal import journalkopi, journallinjer, journalstroem
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.journal import note_drafts
from dubu_plugin.usecases.journal.copy_case import ask_for_copy, is_asked
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form
from dubu_plugin.web.inddragelse.page import around
from dubu_plugin.web.journal import view
from dubu_plugin.web.journal.address import Asked, asked, place_of, place_words
from dubu_plugin.web.keys import key_in, key_of
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/journal"
LONGEST_SEARCH: Final = 200
DONE: Final = {
    "notat": "Notatet står her nu og sendes til journalen. Der kan det ikke ændres; ret det med et "
    "nyt notat.",
    "kladde": "Kladden er gemt. Kun du kan se den.",
    "hentet": "Kladden er tilbage.",
}

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, request: Request) -> Response:
    """Show a page of the stream, the newest first, with what the address leaves out left out."""
    query = dict(request.query_params)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        chosen = asked(URL.format(sag=head.sag), query, _searched(connection, visit))
        after = place_of(query.get("efter", ""))
        stream = journalstroem.page(connection, visit.asker, head.sag, chosen.wanted(), after=after)
        said = journallinjer.said(connection, stream.entries)
        begun = note_drafts.of_case(connection, visit.asker.key, head.sag)
        copied = journalkopi.copied_at(connection, head.sag)
        values = around(visit, connection, head)
    _ask_the_journal(visit, head, copied is None)
    values |= {
        **_around_the_lines(visit, chosen, stream),
        "days": view.days(visit.product, head.sag, stream.entries, said, visit.now),
        "older": _older(chosen, stream),
        "newest": chosen.url() if query.get("efter") else "",
        "begun": [_draft_line(visit, one) for one in begun] if values["may_write"] else [],
        "said": DONE.get(query.get("gemt", ""), ""),
        "thrown": str(key_of(query.get("smidt", "")) or ""),
        "waits": copied is None and head.host_key is not None,
    }
    return visit.page(
        Page("journal/page.html", "Journal", case=head.host_key, tab=TAB, values=values)
    )


@router.post(URL + "/soeg")
def search(visit: Reader, request: Request, sent: Form) -> Response:
    """Write in the log what is looked for on the case, and go on to what it finds."""
    text = " ".join(sent.one("q")[:LONGEST_SEARCH].split())
    said = {name: sent.one(name) for name in ("type", "hvem", "fra", "til", "barnet", "auto")}
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        drafts.keep(work, _search_of(visit.subject), {"q": [text]}, base_version=0)
        found = access.subject(work.connection, visit.asker, "sag", visit.subject)
        if text and found is not None:
            read_log.add(
                work.connection,
                at=visit.now,
                employee=visit.asker.key,
                act=Act.SEARCH,
                subject_kind="sag",
                subject_id=str(visit.subject),
                decision=decide(visit.asker, Act.SEARCH, found),
                detail=text,
            )
    chosen = asked(URL.format(sag=visit.subject), said | {"soeg": "ja"}, text)
    return RedirectResponse(chosen.url(), status_code=303)


@router.post(URL + "/kladde/{kladde}/smid")
def throw_away(visit: Writer, kladde: str) -> Response:
    """Throw a draft away; it can be taken back."""
    number = key_in(kladde)
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        note_drafts.throw_away(work, number)
    return RedirectResponse(f"{URL.format(sag=visit.subject)}?smidt={number}", status_code=303)


@router.post(URL + "/kladde/{kladde}/hent")
def take_back(visit: Writer, kladde: str) -> Response:
    """Take a draft back that was thrown away."""
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        note_drafts.take_back(work, key_in(kladde))
    return RedirectResponse(f"{URL.format(sag=visit.subject)}?gemt=hentet", status_code=303)


def _around_the_lines(
    visit: Visit, chosen: Asked, stream: journalstroem.Stream
) -> dict[str, object]:
    return {
        "asked": chosen,
        "keeps": {name: value for name, value in chosen.said().items() if name != "soeg"},
        "total": stream.total,
        "kinds": view.kinds(chosen, stream),
        "only": view.only(chosen),
        "people": view.people(chosen, stream),
        "periods": view.periods(chosen, visit.now),
        "marks": view.marks(chosen, stream, visit.now),
        "everything": chosen.base,
    }


def _older(chosen: Asked, stream: journalstroem.Stream) -> str:
    if not stream.more:
        return ""
    url = chosen.url()
    last = place_words(stream.entries[-1]).replace("+", "%2B")
    return f"{url}{'&' if '?' in url else '?'}efter={last}"


def _draft_line(visit: Visit, draft: note_drafts.NoteDraft) -> dict[str, object]:
    first = draft.title or " ".join(draft.text.split())[:60] or "Uden overskrift"
    return {
        "number": draft.number,
        "title": first,
        "when": danish.unbroken(danish.list_moment(draft.saved_at, visit.now)),
        "url": f"{URL.format(sag=visit.subject)}/notat?kladde={draft.number}",
    }


def _ask_the_journal(visit: Visit, head: Head, never: bool) -> None:
    """Have the case copied, where nobody has, or where the journal does not tell of changes.

    Nothing is waited for: it is there the next time the page is drawn.
    """
    if head.host_key is None:
        return
    tells = Capability.CHANGES in visit.product.ports.journal.capabilities().flags
    if tells and not never:
        return
    turn = "" if tells else f"{visit.now:%Y%m%d%H}{visit.now.minute // 10}"
    with visit.reading() as connection:
        if is_asked(connection, head.sag, turn=turn):
            return
    with visit.product.store.write(actor=SYSTEM, now=visit.now) as work:
        ask_for_copy(work, head.sag, turn=turn)


def _searched(connection: sa.Connection, visit: Visit) -> str:
    kept = drafts.kept(connection, visit.asker.key, _search_of(visit.subject))
    return kept.fields["q"][0] if kept else ""


def _search_of(sag: UUID) -> str:
    return f"journalsoeg:{sag}"
