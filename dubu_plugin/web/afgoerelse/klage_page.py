"""A complaint: noted as it came, looked at again, sent on with the case's file, and settled."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.afgoerelser import AfgoerelseState, act_of
from dubu_plugin.domain.gates.apart import SEEN
from dubu_plugin.errors import CaseworkError
from dubu_plugin.ports.journal_objects import Kind, Ref
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser, klager, locks
from dubu_plugin.store.afgoerelse.klager import Genvurdering, Klage, KlageState
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.usecases.afgoerelse import complain, in_part
from dubu_plugin.usecases.afgoerelse.complain import Received
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import matter_of
from dubu_plugin.usecases.afgoerelse.settle import follow, settle
from dubu_plugin.usecases.afgoerelse.whole import Whole
from dubu_plugin.usecases.afgoerelse.window import (
    goes_straight_on,
    is_to_be_sent,
    last_day,
)
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.web.afgoerelse.klage_facts import FORMS, OUTCOMES, facts_of
from dubu_plugin.web.afgoerelse.klage_ruling import (
    RULINGS,
    follows,
    ruled_of,
    sent_day,
    then_of,
)
from dubu_plugin.web.afgoerelse.page import opened
from dubu_plugin.web.afgoerelse.view import KLAGER
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent, UnknownButton
from dubu_plugin.web.indgang.original_page import attachment
from dubu_plugin.web.keys import NOBODY, key_in, key_of
from dubu_plugin.web.letter_notes import heed_family
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.sag.paper_view import paper

router = APIRouter()

NEW: Final = "/dubu/sag/{sag}/afgoerelse/{afgoerelse}/klage"
ONE: Final = "/dubu/sag/{sag}/klage/{klage}"
PDF: Final = "application/pdf"
WHO_DECIDES: Final = "Din leder træffer afgørelsen og vælger, hvad genvurderingen kommer frem til."
TO_BE_MADE: Final = (
    "Træf den nye afgørelse, der er forberedt. Den gamle gælder, og klagen er åben, indtil den nye "
    "er truffet."
)
TO_BE_SENT: Final = (
    "Print følgebrevet, når det står under »Breve, der skal printes og sendes«, og send det med "
    "pakken. Notér dér, hvilken dag det er sendt: Først da er klagen hos Ankestyrelsen."
)
ASKED: Final = {
    KlageState.MODTAGET: "klage",
    KlageState.GENVURDERET: "klagerest",
    KlageState.SENDT: "klageafgjort",
}
"""What the form is called in each state that asks something; in the others it keeps no draft."""
PUT_OFF: Final = ("klar", "mangler", SEEN)
"""What of it is gone when it is put off, and the rest is looked at later."""
DONE: Final = {
    "noteret": "Klagen er noteret, og klageren får en kvittering.",
    "gemt": "Det er gemt.",
    "udsat": "Klageren får besked om, hvornår genvurderingen ventes færdig.",
    "afgjort": "Det er gemt, hvad Ankestyrelsen har afgjort.",
    "sendt": "Klagen er på vej til Ankestyrelsen. Sagens akter samles nu; pakken kommer her.",
}

YES: Final = "ja"
NOT_TOLD: Final = "Brevet er ikke noteret sendt"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(NEW)
def show_new(visit: Reader, afgoerelse: str) -> Response:
    """Show the form a complaint is noted on, to who may note one."""
    it = opened(visit, afgoerelse)
    with visit.reading() as connection:
        may_write = visit.may(connection, Act.WRITE)
    if not may_write:
        back = f"/dubu/sag/{visit.subject}/afgoerelse/{it.afgoerelse.id}"
        return RedirectResponse(back, status_code=303)
    return _new(visit, it, draft_of(visit, _draft_new(it.afgoerelse.id)))


@router.post(NEW)
def receive(visit: Writer, afgoerelse: str, sent: Form) -> Response:
    """Note a complaint."""
    it = opened(visit, afgoerelse)
    try:
        day = sent_day(sent, "modtaget") or date.max
        received = Received(
            person=key_of(sent.one("klager")) or NOBODY, day=day, form=sent.one("form"),
            words=sent.one("klage"), told_on=sent_day(sent, "fik"),
        )  # fmt: skip
        number = complain.receive(visit.subject, it.afgoerelse.id, received, **visit.means)
    except CaseworkError as no:
        return _new(visit, it, sent.refused(no))
    forget(visit, _draft_new(it.afgoerelse.id))
    return RedirectResponse(f"/dubu/sag/{visit.subject}/klage/{number}?gemt=noteret", 303)


@router.get(ONE)
def show(visit: Reader, klage: str, gemt: str = "") -> Response:
    """Show a complaint and what can be done with it now."""
    found = _klage(visit, klage)
    draft = draft_of(visit, _draft(found)) if found.state in ASKED else EMPTY
    return _drawn(visit, found, draft, said=DONE.get(gemt, ""))


@router.post(ONE)
def change(visit: Writer, klage: str, sent: Form) -> Response:
    """Do with a complaint what the button says."""
    found = _klage(visit, klage)
    done, seen = "gemt", sent.one(SEEN) == YES
    try:
        match sent.one("handling"):
            case "genvurder":
                outcome = sent.one("udfald")
                its = Genvurdering(outcome) if outcome in set(Genvurdering) else None
                new = complain.reassess(
                    found.id,
                    its,
                    sent.one("genvurdering"),
                    sag=visit.subject,
                    apart_seen=seen,
                    **visit.means,
                )
                if new is not None:
                    forget(visit, _draft(found))
                    url = f"/dubu/sag/{visit.subject}/afgoerelse/{new}?gemt=ny"
                    return RedirectResponse(url, status_code=303)
            case "fasthold":
                in_part.hold_on(found.id, sent_day(sent, "dag"), sag=visit.subject, **visit.means)
            case "udsaet":
                complain.put_off(
                    found.id, sent_day(sent, "klar"), sent.one("mangler"), sag=visit.subject,
                    apart_seen=seen, **visit.means,
                )  # fmt: skip
                done = "udsat"
            case "slut":
                in_part.let_end(found.id, sag=visit.subject, **visit.means)
            case "send":
                complain.send_on(found.id, sag=visit.subject, apart_seen=seen, **visit.means)
                done = "sendt"
            case "traek":
                complain.withdraw(found.id, sag=visit.subject, **visit.means)
            case "afgjort":
                settle(found.id, ruled_of(sent), sag=visit.subject, **visit.means)
                done = "afgjort"
            case "fulgt":
                follow(found.id, sag=visit.subject, **visit.means)
            case _:
                raise UnknownButton
    except CaseworkError as no:
        return _drawn(visit, _klage(visit, klage), sent.refused(no))
    forget(visit, _draft(found), *(PUT_OFF if done == "udsat" else ()))
    url = f"/dubu/sag/{visit.subject}/klage/{found.id}?gemt={done}"
    return RedirectResponse(url, status_code=303)


@router.get(ONE + "/pakke/{del_nummer}")
def part(visit: Reader, klage: str, del_nummer: str) -> Response:
    """Hand out one part of the package."""
    found = _klage(visit, klage)
    with visit.reading() as connection:
        parts = klager.parts(connection, found.id)
    one = next((one for one in parts if str(one.number) == del_nummer), None)
    if one is None:
        raise NotYours
    name = f"Sagens akter {one.number} af {len(parts)}.pdf"
    return attachment(visit, one.sha256, name, PDF)


def _draft(klage: Klage) -> str:
    """Return the name of its draft. What is asked in each state is a draft of its own."""
    return f"{ASKED.get(klage.state, 'klage')}:{klage.id}"


def _draft_new(afgoerelse: UUID) -> str:
    return f"klageny:{afgoerelse}"


def _klage(visit: Visit, key: str) -> Klage:
    with visit.reading() as connection:
        found = klager.by_id(connection, key_in(key))
    if found is None or found.sag != visit.subject:
        raise NotYours
    return found


def _new(visit: Visit, it: Whole, sent: Sent) -> Response:
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        ends = [last_day(connection, it.afgoerelse.id, it.day, one.person) for one in it.parts]
    if it.afgoerelse.decided_on is None:
        raise NotYours
    shown = {
        "back": f"/dubu/sag/{visit.subject}/afgoerelse/{it.afgoerelse.id}",
        "matter": it.matter,
        "law": law_words(it.afgoerelse.law or it.matter.law),
        "people": [(str(one.person), one.name) for one in it.parts],
        "forms": FORMS,
        "draft": _draft_new(it.afgoerelse.id),
        "f": defaultdict(
            str, {"modtaget": it.day.isoformat(), "form": "skriftligt", **sent.ones()}
        ),
        "today": it.day.isoformat(),
        "asks_told": None in ends,
        "windows": _windows(it, ends),
        "looked_at": it.matter.is_reassessed,
    }
    page = Page(
        "afgoerelse/klage_ny.html", "Notér en klage", case=head.host_key, tab=TAB, values=shown
    )
    return visit.form(page, sent)


def _windows(it: Whole, ends: Sequence[date | None]) -> Sequence[tuple[str, str]]:
    """Return to when each party can complain."""
    return [
        (one.name, danish.unbroken(danish.long_date(end)) if end else NOT_TOLD)
        for one, end in zip(it.parts, ends, strict=True)
    ]


def _drawn(visit: Visit, klage: Klage, sent: Sent, *, said: str = "") -> Response:
    today = danish.danish_day(visit.now)
    mine = {klage.receipt, klage.receipt_anew, klage.letter, klage.besked}
    mine.add(klage.waits_letter(klage.due_on))
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        about = access.subject(connection, visit.asker, "sag", visit.subject)
        its = afgoerelser.by_id(connection, klage.afgoerelse)
        parts = klager.parts(connection, klage.id)
        left_out = klager.left_out(connection, klage.id) if parts else []
        lock = locks.execution_lock(connection, klage.afgoerelse)
        keep_until = in_part.keep_until(connection, klage, today)
        then = then_of(connection, visit.product, klage)
        follows_up = follows(connection, klage)
        on_paper = paper(connection, visit.product.letters, visit.subject, today, only=mine)
        heed = heed_family(connection, head.sag, head.child, today)
    if its is None:
        raise NotYours
    matter = matter_of(visit.product, its, today)
    url = f"/dubu/sag/{visit.subject}"
    state = klage.state
    straight_on = goes_straight_on(matter, late=klage.late)
    looks = state is KlageState.MODTAGET and not straight_on
    decides = about is not None and bool(decide(visit.asker, act_of(matter), about))
    facts = facts_of(klage, matter, today)
    if looks and not decides:
        facts.append(("Genvurderingen", WHO_DECIDES))
    anew = its.state is AfgoerelseState.ERSTATTET
    if state is KlageState.GENVURDERET and not anew:
        facts.append(("Næste", TO_BE_MADE))
    if state is KlageState.PAA_VEJ:
        facts.append(("Næste", TO_BE_SENT))
    shown = {
        "url": url,
        "action": f"{url}/klage/{klage.id}",
        "decision": f"{url}/afgoerelse/{klage.afgoerelse}",
        "matter": matter,
        "name": klage.name,
        "mark": KLAGER[KlageState.FASTHOLDT if is_to_be_sent(klage) else state],
        "facts": facts,
        "lock": lock,
        "parts": [(one.number, one.pages, one.size // 1024) for one in parts],
        "left_out": _left_out(visit, left_out, today),
        "locked": [danish.list_date(one.day, today) for one in left_out if one.is_locked],
        "packing": state in (KlageState.PAA_VEJ, KlageState.SENDT) and not parts,
        "may_write": about is not None and bool(decide(visit.asker, Act.WRITE, about)),
        "heed": heed.notes if looks or klage.state is KlageState.FASTHOLDT else (),
        "apart_tick": heed.tick,
        "tells": bool(klage.reassessment),
        "looks": looks,
        "can_wait": looks and not matter.notice,
        "keep_until": danish.unbroken(danish.long_date(keep_until)) if keep_until else "",
        "kept_too_late": keep_until is not None and today > keep_until,
        "holds": state is KlageState.GENVURDERET and anew,
        "sends": state is KlageState.FASTHOLDT or (state is KlageState.MODTAGET and straight_on),
        "settles": state is KlageState.SENDT,
        "ends": state not in (KlageState.TRUKKET, KlageState.AFGJORT),
        "outcomes": OUTCOMES,
        "rulings": RULINGS,
        "then": then,
        "follows": follows_up,
        "today": today.isoformat(),
        "f": defaultdict(str, sent.ones()),
        "said": said,
        "draft": _draft(klage),
        "paper": on_paper,
        "may_post": about is not None and bool(decide(visit.asker, Act.WRITE, about)),
    }
    page = Page(
        "afgoerelse/klage.html",
        f"Klage fra {klage.name}",
        case=head.host_key,
        tab=TAB,
        values=shown,
    )
    return visit.form(page, sent)


def _left_out(
    visit: Visit, files: Sequence[klager.Uden], today: date
) -> list[tuple[str, str, str | None]]:
    """Return what is to be sent beside the package: its name, its day and where it is opened."""
    journal = visit.product.ports.journal
    return [
        (
            one.title,
            danish.list_date(one.day, today),
            journal.url_for(Ref(journal.name, Kind.DOCUMENT, one.document)),
        )
        for one in files
        if not one.is_locked
    ]
