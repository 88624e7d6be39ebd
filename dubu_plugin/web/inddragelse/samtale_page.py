"""A talk with the child: noted, put right, and its locked part."""

from collections.abc import Sequence
from typing import Annotated, Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.inddragelse import SamtaleState
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.inddragelse.boernesamtaler import Samtale
from dubu_plugin.store.sag import sag_panel, sager
from dubu_plugin.usecases.inddragelse.file_samtale import file_samtale
from dubu_plugin.usecases.inddragelse.locked_samtale import (
    NotShared,
    open_locked,
    share,
    write_locked,
)
from dubu_plugin.usecases.inddragelse.note_samtale import is_first_time, note_samtale
from dubu_plugin.usecases.inddragelse.right_samtale import SavedByAnother, right_samtale
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.inddragelse import samtale_form as form
from dubu_plugin.web.inddragelse.page import around, back, moment
from dubu_plugin.web.keys import key_in, key_of
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/samtaler"
ONE: Final = URL + "/{samtale}"
LOCKED: Final = ONE + "/laast"
DONE: Final = {
    "rettet": "Samtalen er rettet. Det gamle er gemt.",
    "laast": "Den låste del er gemt.",
    "delt": "Den låste del er delt med dem, du valgte, og ingen andre.",
    "referat": "Referatet er på vej til journalen som dokument.",
}

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL + "/ny")
def show_new(visit: Reader, undladt: str = "", holdt: str = "") -> Response:
    """Show the form of a talk that was held, or of one that is left out; else the draft.

    :param holdt: when it was held, as somebody told before, on the Danish clock; else today.
    """
    draft = draft_of(visit, _draft(visit.subject))
    if draft.fields and not undladt:
        return _form(visit, None, draft)
    state = SamtaleState.UNDLADT if undladt else SamtaleState.HOLDT
    with visit.reading() as connection:
        sag = sager.by_id(connection, visit.subject)
        first = sag is not None and is_first_time(connection, sag)
    blank = form.blank(state, visit.asker.key, visit.now, first, held=holdt)
    return _form(visit, None, blank)


@router.post(URL + "/ny")
def note(visit: Writer, sent: Form) -> Response:
    """Note it."""
    try:
        state = form.state_of(sent)
        said = form.told(sent, moment(sent, visit.now))
        note_samtale(
            visit.subject, key_of(sent.one("formular")) or uuid4(), state, said,
            **visit.means,
        )  # fmt: skip
    except CaseworkError as no:
        return _form(visit, None, sent.refused(no))
    forget(visit, _draft(visit.subject))
    return back(visit, "samtale")


@router.get(ONE)
def show(visit: Reader, samtale: str, gemt: str = "") -> Response:
    """Show a talk, to read it or put it right; else the draft of that."""
    found = _samtale(visit, samtale)
    draft = draft_of(visit, _draft(found.id))
    shown = draft if draft.fields else form.of(found)
    return _form(visit, found, shown, seen=found.version, done=DONE.get(gemt, ""))


@router.post(ONE)
def change(visit: Writer, samtale: str, sent: Form) -> Response:
    """Put it right, or put the record of it on the case."""
    found = _samtale(visit, samtale)
    if sent.one("handling") == "referat":
        return _filed(visit, found, sent)
    try:
        told = form.told(sent, found.said.occurred_at)
        right_samtale(visit.subject, found.id, told, sent.version, **visit.means)
    except SavedByAnother as no:
        theirs = form.differences(sent, no.theirs)
        again = sent.refused(no, status=409)
        return _form(visit, found, again, seen=no.theirs.version, theirs=theirs)
    except CaseworkError as no:
        return _form(visit, found, sent.refused(no), seen=sent.version)
    forget(visit, _draft(found.id))
    return _to(visit, found, "rettet")


@router.get(LOCKED)
def show_locked(visit: Reader, samtale: str, gemt: str = "") -> Response:
    """Open the locked part, which is a line in the log."""
    return _locked(visit, _samtale(visit, samtale), EMPTY, done=DONE.get(gemt, ""))


@router.post(LOCKED)
def save_locked(visit: Writer, samtale: str, sent: Form) -> Response:
    """Write the locked part, or share it."""
    found = _samtale(visit, samtale)
    try:
        if sent.one("handling") == "del":
            share(visit.subject, found.id, sent.many("kollegaer"), **visit.means)
            done = "delt"
        else:
            write_locked(visit.subject, found.id, sent.one("laast"), **visit.means)
            forget(visit, _draft_locked(found.id))
            done = "laast"
    except NotShared as no:
        return _shut(visit, found, no, sent.one("laast"))
    except CaseworkError as no:
        return _locked(visit, found, sent.refused(no))
    url = LOCKED.format(sag=visit.subject, samtale=found.id)
    return RedirectResponse(f"{url}?gemt={done}", status_code=303)


def _filed(visit: Visit, found: Samtale, sent: Sent) -> Response:
    try:
        file_samtale(
            visit.subject, found.id, with_locked=sent.one("med_laast") == "ja",
            **visit.means,
        )  # fmt: skip
    except CaseworkError as no:
        return _form(visit, found, form.of(found).refused(no), seen=found.version)
    return _to(visit, found, "referat")


def _form(
    visit: Visit,
    found: Samtale | None,
    sent: Sent,
    *,
    seen: int = 0,
    done: str = "",
    theirs: Sequence[tuple[str, str, str]] = (),
) -> Response:
    """Draw the form.

    :param theirs: what another saved meanwhile, where it differs: what it is, mine and theirs.
    """
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        sag = sager.by_id(connection, visit.subject)
        assert sag is not None
        titles = {letter.code: letter.title for letter in visit.product.letters}
        state = found.state if found else form.state_of(sent)
        url = URL.format(sag=head.sag)
        values = {
            **around(visit, connection, head),
            "action": f"{url}/{found.id}" if found else f"{url}/ny",
            "draft": _draft(found.id if found else head.sag),
            "held": state is SamtaleState.HOLDT,
            "found": found,
            "when": found
            and danish.unbroken(danish.list_moment(found.said.occurred_at, visit.now)),
            "f": form.values(sent),
            "seen": seen,
            "people": form.people(connection, visit.asker.unit, sag.unit, sent),
            "documents": form.documents(connection, head.sag, titles),
            "guide": form.guide(head, visit.now),
            "editions": _editions(connection, found, visit),
            "done": done,
            "theirs": theirs,
            **form.OPTIONS,
        }
    page = Page(
        "inddragelse/samtale.html", "Samtale med barnet", case=head.host_key, tab=TAB, values=values
    )
    return visit.form(page, sent)


def _editions(
    connection: sa.Connection, found: Samtale | None, visit: Visit
) -> Sequence[tuple[str, str, str]]:
    """Return what stood there before it was put right: when, by whom, and the child's words."""
    if found is None or found.version == 1:
        return ()
    return [
        (
            danish.unbroken(danish.list_moment(one.at, visit.now)),
            one.by_name,
            one.said.own_words or one.said.instead,
        )
        for one in boernesamtaler.editions(connection, found.id)[1:]
    ]


def _locked(
    visit: Visit,
    found: Samtale,
    sent: Sent,
    *,
    done: str = "",
) -> Response:
    try:
        opened = open_locked(visit.subject, found.id, **visit.means)
    except NotShared as no:
        return _shut(visit, found, no, sent.one("laast"))
    draft = draft_of(visit, _draft_locked(found.id))
    stands = opened.locked.text if opened.locked else ""
    shown = sent if sent.fields else draft if draft.one("laast") else EMPTY
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        sag = sager.by_id(connection, visit.subject)
        assert sag is not None
        values = {
            **around(visit, connection, head),
            "back": ONE.format(sag=head.sag, samtale=found.id),
            "draft": _draft_locked(found.id),
            "text": shown.one("laast") if shown.fields else stands,
            "people": [
                one
                for one in form.people(connection, visit.asker.unit, sag.unit, EMPTY)
                if one[0] != (found.locked_by or visit.asker.key)
            ],
            "named": opened.named,
            "before": [
                (danish.unbroken(danish.list_moment(one.at, visit.now)), one.text)
                for one in opened.before
            ],
            "done": done,
        }
    page = Page(
        "inddragelse/samtale_laast.html", "Låst del", case=head.host_key, tab=TAB, values=values
    )
    return visit.form(page, shown)


def _shut(visit: Visit, found: Samtale, no: CaseworkError, typed: str) -> Response:
    """Show the talk with the reason the locked part stays shut. What was typed is given back."""
    again = form.of(found).refused(no, status=422 if typed else 403)
    theirs = [("Den låste del", typed, "Er ikke gemt")] if typed else ()
    return _form(visit, found, again, seen=found.version, theirs=theirs)


def _to(visit: Visit, found: Samtale, done: str) -> Response:
    url = ONE.format(sag=visit.subject, samtale=found.id)
    return RedirectResponse(f"{url}?gemt={done}", status_code=303)


def _samtale(visit: Visit, key: str) -> Samtale:
    with visit.reading() as connection:
        found = boernesamtaler.by_id(connection, key_in(key))
    if found is None or found.sag != visit.subject:
        raise NotYours
    return found


def _draft(number: UUID) -> str:
    return f"samtale:{number}"


def _draft_locked(number: UUID) -> str:
    return f"samtalelaas:{number}"
