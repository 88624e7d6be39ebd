"""Write a note: kept while it is written as a draft of one's own, then put in the journal."""

from typing import Annotated, Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.journal import NOTE_KINDS, Note
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import drafts
from dubu_plugin.store.drafts import TooMuchText
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.usecases.journal.note_drafts import CASE, form_of
from dubu_plugin.usecases.journal.write_note import write_note
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.inddragelse.page import around, moment
from dubu_plugin.web.journal.page import URL as JOURNAL
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.own_draft import draft_of
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

URL: Final = f"{JOURNAL}/notat"
FIELDS: Final = ("slags", "titel", "dag", "kl", "med", "tekst", "egne_ord")

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, kladde: str = "") -> Response:
    """Show an empty form, or the draft the address names."""
    number = key_of(kladde) or uuid4()
    draft = draft_of(visit, form_of(number)) if kladde else EMPTY
    if draft.fields and draft.one(CASE) != str(visit.subject):
        draft, number = EMPTY, uuid4()
    return _form(visit, number, draft)


@router.post(URL)
def save(visit: Writer, sent: Form) -> Response:
    """Put the note in the journal, or keep it as a draft: what the button says."""
    number = key_of(sent.one("formular")) or uuid4()
    if sent.one("handling") == "kladde":
        return _kept(visit, number, sent)
    try:
        write_note(visit.subject, number, _note(visit, sent), **visit.means)
    except CaseworkError as no:
        return _form(visit, number, sent.refused(no))
    return RedirectResponse(f"{JOURNAL.format(sag=visit.subject)}?gemt=notat", status_code=303)


def _kept(visit: Visit, number: UUID, sent: Sent) -> Response:
    """Keep it as a draft, for who does not run the script that does so by itself."""
    try:
        with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
            typed = sent.typed() | {CASE: [str(visit.subject)]}
            drafts.keep(work, form_of(number), typed, base_version=0)
    except TooMuchText as no:
        return _form(visit, number, sent.refused(no, at="tekst"))
    return RedirectResponse(f"{JOURNAL.format(sag=visit.subject)}?gemt=kladde", status_code=303)


def _note(visit: Visit, sent: Sent) -> Note:
    return Note(
        sent.one("slags"),
        sent.one("titel"),
        sent.one("tekst"),
        moment(sent, visit.now),
        sent.one("med"),
        sent.one("egne_ord"),
    )


def _form(visit: Visit, number: UUID, sent: Sent) -> Response:
    values: dict[str, Any] = {name: sent.one(name) for name in FIELDS}
    if not sent.fields:
        values |= {"dag": danish.danish_day(visit.now).isoformat(), "slags": ""}
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        shown = {
            **around(visit, connection, head),
            "number": number,
            "sag": head.sag,
            "f": values,
            "kinds": list(NOTE_KINDS.items()),
        }
    page = Page("journal/notat.html", "Skriv notat", case=head.host_key, tab=TAB, values=shown)
    return visit.form(page, sent)
