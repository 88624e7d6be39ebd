"""Notér, hvad der er sket: what happened, when, what the law counts by, and what follows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import klager
from dubu_plugin.store.sag import noted, sag_panel, sager
from dubu_plugin.store.sag.noted import Noted
from dubu_plugin.usecases.frist.standing import NoReason, TooLong
from dubu_plugin.usecases.sag import recordable
from dubu_plugin.usecases.sag.by_hand import by_hand
from dubu_plugin.usecases.sag.follows import Follows
from dubu_plugin.usecases.sag.put_right import (
    TakenBack,
    foresee_back,
    foresee_right,
    put_right,
    take_back,
)
from dubu_plugin.usecases.sag.record_event import (
    CaseIsClosed,
    NotClear,
    foresee,
    record_event,
)
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.keys import key_in
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag import record_view as view
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.sag.record_form import (
    as_noted,
    at_field,
    blank,
    note_of,
    values_of,
)
from dubu_plugin.web.typed_time import NotAMoment

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/haendelse"
FROM_PLANS: Final = "planer"
"""What the address says where one comes from the case's plans, and goes back there."""
TALKS: Final = {Haendelse.BOERNESAMTALE_HOLDT: "", Haendelse.BOERNESAMTALE_UNDLADT: "?undladt=ja"}
"""What is noted with the child's own words, or the reason, on a page of its own."""
RULINGS: Final = frozenset({Haendelse.KLAGE_AFGJORT, Haendelse.HJEMVISNING_MODTAGET})
"""What is noted on the complaint Ankestyrelsen has, so that the decision follows it."""
DONE: Final = {
    "noteret": "Det er noteret, og fristerne følger med.",
    "rettet": "Det er rettet, og fristerne følger med. Det gamle er gemt.",
    "tilbage": "Det er taget tilbage, og fristerne følger med. Det gamle er gemt.",
}
UNSEEN: Final = "Se, hvad der følger, og tryk så igen."
AFTER_SCREENING: Final = "screening"
"""What the address says where the screening that was just noted leads to a decision."""
DECIDE: Final = (
    "Screeningen er noteret. Undersøgelsen er en afgørelse for sig (§ 20): Notér den her, når den "
    "er truffet. Indtil da står den på Min dag."
)

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(
    visit: Reader, hvad: str | None = None, gemt: str = "", fra: str = "", efter: str = ""
) -> Response:
    """Show what can be noted, or the form of what was chosen; else the draft there is."""
    if hvad in list(TALKS):
        ends = TALKS[Haendelse(hvad)]
        return RedirectResponse(f"/dubu/sag/{visit.subject}/samtaler/ny{ends}", status_code=303)
    with visit.reading() as connection:
        klage = klager.at_ankestyrelsen(connection, visit.subject) if hvad in RULINGS else None
    if klage is not None:
        return RedirectResponse(f"/dubu/sag/{visit.subject}/klage/{klage}", status_code=303)
    draft = draft_of(visit, _draft(visit.subject))
    code = hvad if hvad is not None else "" if gemt else draft.one("hvad")
    if not code or not _may_write(visit):
        return _list(visit, DONE.get(gemt, ""))
    what = _chosen(visit, code)
    if draft.one("hvad") == code:
        return _form(visit, what, {**draft.ones(), "fra": fra}, draft)
    info = DECIDE if efter == AFTER_SCREENING else ""
    return _form(visit, what, {**blank(code, visit.now), "fra": fra}, EMPTY, info=info)


@router.post(URL)
def save(visit: Writer, sent: Form) -> Response:
    """Show what follows, or note it: what the button that was pressed says."""
    values = values_of(sent)
    if not values.get("hvad"):
        return RedirectResponse(URL.format(sag=visit.subject), status_code=303)
    what = _chosen(visit, values["hvad"])
    if sent.one("handling") != "gem":
        return _form(visit, what, values, sent)
    try:
        note = note_of(what, values, visit.now)
        if values.get("vist") != view.mark(values):
            return _form(visit, what, values, sent, info=UNSEEN)
        record_event(visit.subject, note, **visit.means)
    except CaseworkError as no:
        return _form(visit, what, values, _again(sent, no))
    forget(visit, _draft(visit.subject))
    if _leads_to_a_decision(visit, what, values):
        return RedirectResponse(_decision_url(visit.subject, values.get("fra", "")), 303)
    if values.get("fra") == FROM_PLANS:
        return RedirectResponse(f"/dubu/sag/{visit.subject}/planer?gemt=noteret", status_code=303)
    return _back(visit, "noteret")


@router.post(URL + "/foelger")
def preview(visit: Writer, sent: Form) -> Response:
    """Show what would follow from the form as it is now."""
    values = values_of(sent)
    code = values.get("hvad", "")
    what = _chosen(visit, code) if code else None
    found = _foreseen(visit, what, values) if what else ()
    why = _sooner(visit, what, values) if what else ""
    return visit.part("sag/record_follows.html", follows=found, sooner=why, mark=view.mark(values))


@router.get(URL + "/{haendelse}")
def show_noted(visit: Reader, haendelse: str) -> Response:
    """Show what was noted, to put it right or take it back."""
    old = _noted(visit, haendelse)
    if not _may_write(visit):
        return _list(visit, "")
    draft = draft_of(visit, _draft(old.id))
    return _form(visit, old.what, draft.ones() or as_noted(old), draft, old)


@router.post(URL + "/{haendelse}")
def change(visit: Writer, haendelse: str, sent: Form) -> Response:
    """Put it right or take it back."""
    old = _noted(visit, haendelse)
    values = values_of(sent) | {"retter": str(old.id)}
    done = "rettet"
    try:
        if sent.one("handling") == "tilbage":
            take_back(
                visit.subject, old.id, view.title(old.what), sent.one("hvorfor"), **visit.means
            )
            done = "tilbage"
        elif sent.one("handling") == "ret":
            note = note_of(old.what, values, visit.now)
            if values.get("vist") != view.mark(values):
                return _form(visit, old.what, values, sent, old, info=UNSEEN)
            put_right(visit.subject, old.id, note, sent.one("grund"), **visit.means)
        else:
            return _form(visit, old.what, values, sent, old)
    except (NoReason, TooLong) as no:
        where = "hvorfor" if sent.one("handling") == "tilbage" else "grund"
        again = sent.refused(no, at=where)
        return _form(visit, old.what, {**as_noted(old), **values}, again, old)
    except CaseworkError as no:
        return _form(visit, old.what, values, _again(sent, no), old)
    forget(visit, _draft(old.id))
    return _back(visit, done)


def _leads_to_a_decision(visit: Visit, what: Haendelse, values: Mapping[str, str]) -> bool:
    """Tell whether a screening came to an undersøgelse, which is decided by an act of its own."""
    decision = Haendelse.UNDERSOEGELSE_BESLUTTET
    known = recordable.can_be_noted(visit.product.store.rules, danish.danish_day(visit.now))
    outcome = values.get(view.FACT.format("udfald"))
    return (
        what is Haendelse.SCREENING_AFSLUTTET and outcome == "undersoegelse" and decision in known
    )


def _decision_url(sag: UUID, come_from: str) -> str:
    back = f"&fra={FROM_PLANS}" if come_from == FROM_PLANS else ""
    what = Haendelse.UNDERSOEGELSE_BESLUTTET
    return f"/dubu/sag/{sag}/haendelse?hvad={what}&efter={AFTER_SCREENING}{back}"


def _list(visit: Visit, said: str) -> Response:
    today = danish.danish_day(visit.now)
    rules = visit.product.store.rules
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        closed = head.phase == sager.CLOSED
        values = {
            "url": f"/dubu/sag/{visit.subject}",
            "said": said,
            "closed": CaseIsClosed.danish if closed else "",
            "may_write": _may_write(visit),
            "expects": not closed and head.born is None and head.termin is not None,
            "likely": view.likely(connection, rules, visit.subject, today, closed=closed),
            "areas": view.areas(rules, today, closed=closed),
            "noted": view.noted_lines(connection, visit.subject, visit.now),
        }
    page = Page("sag/record.html", "Notér, hvad der er sket", case=head.host_key, tab=TAB,
                values=values)  # fmt: skip
    return visit.page(page)


def _may_write(visit: Visit) -> bool:
    with visit.reading() as connection:
        return visit.may(connection, Act.WRITE)


def _form(
    visit: Visit,
    what: Haendelse,
    values: Mapping[str, str],
    sent: Sent,
    old: Noted | None = None,
    *,
    info: str = "",
) -> Response:
    rules = visit.product.store.rules
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        questions = view.fields(
            connection, rules, visit.subject, what, values, visit.now, corrects=old is not None
        )
        there = None if old else view.its_place(connection, visit, what, values, sent.wrong)
    # What is chosen for the one who looks counts as answered.
    values = {**{one.name: one.value for one in questions if one.value}, **values}
    url = f"/dubu/sag/{visit.subject}"
    shown = {
        "url": url,
        "action": f"{url}/haendelse/{old.id}" if old else f"{url}/haendelse",
        "draft": _draft(old.id if old else visit.subject),
        "what": what.value,
        "title": view.title(what),
        "f": defaultdict(str, values),
        "questions": questions,
        "words": by_hand(what).words,
        "ahead": by_hand(what).ahead,
        "there": there,
        "info": info,
        "follows": _foreseen(visit, what, values),
        "sooner": _sooner(visit, what, values),
        "mark": view.mark(values),
        "back": _foreseen_back(visit, old) if old else (),
        "old": old and danish.unbroken(danish.list_moment(old.recorded_at, visit.now)),
        "taken_back": old is not None and old.taken_back,
    }
    page = Page("sag/record_form.html", view.title(what), case=head.host_key, tab=TAB, values=shown)
    return visit.form(page, sent)


def _again(sent: Sent, no: CaseworkError) -> Sent:
    """Return the form with what is wrong at each field, by what the form calls it."""
    if isinstance(no, NotClear):
        no = FieldsRefused({at_field(name): sentence for name, sentence in no.fields.items()})
    return sent.refused(no)


def _foreseen(visit: Visit, what: Haendelse, values: Mapping[str, str]) -> Sequence[Follows]:
    try:
        note = note_of(what, values, visit.now)
        if values.get("retter"):
            return foresee_right(visit.subject, UUID(values["retter"]), note, **visit.means)
        return foresee(visit.subject, note, **visit.means)
    except (NotAMoment, ValueError, CaseIsClosed, TakenBack):
        return ()


def _sooner(visit: Visit, what: Haendelse, values: Mapping[str, str]) -> str:
    with visit.reading() as connection:
        return view.why_sooner(connection, visit.subject, what, values, visit.now)


def _foreseen_back(visit: Visit, old: Noted) -> Sequence[Follows]:
    try:
        return foresee_back(visit.subject, old.id, **visit.means)
    except (CaseIsClosed, TakenBack):
        return ()


def _chosen(visit: Visit, code: str) -> Haendelse:
    known = recordable.can_be_noted(visit.product.store.rules, danish.danish_day(visit.now))
    if code not in known:
        raise NotYours
    return Haendelse(code)


def _noted(visit: Visit, key: str) -> Noted:
    with visit.reading() as connection:
        found = noted.by_id(connection, visit.subject, key_in(key))
    if found is None:
        raise NotYours
    return found


def _draft(number: UUID) -> str:
    return f"haendelse:{number}"


def _back(visit: Visit, done: str) -> Response:
    return RedirectResponse(f"/dubu/sag/{visit.subject}/haendelse?gemt={done}", status_code=303)
