"""The decisions of a case: the list, what can be decided today, and one decision with its form."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.gates.apart import SEEN
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.skrift.tekster import Clash
from dubu_plugin.usecases.afgoerelse import prepare
from dubu_plugin.usecases.afgoerelse.circumstances import there
from dubu_plugin.usecases.afgoerelse.decide import GatesShut
from dubu_plugin.usecases.afgoerelse.decide import decide as make
from dubu_plugin.usecases.afgoerelse.guidance import carers_of
from dubu_plugin.usecases.afgoerelse.keep import ChangedMeanwhile, keep
from dubu_plugin.usecases.afgoerelse.whole import Whole, whole
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.skrift.present import NoRemark, present, send_back
from dubu_plugin.web.afgoerelse import given_form, view
from dubu_plugin.web.afgoerelse.choices import choices
from dubu_plugin.web.afgoerelse.form import (
    REVISION,
    YES,
    NotReadableHere,
    help_fields,
    kept_of,
    values_of,
)
from dubu_plugin.web.afgoerelse.meanwhile import drawn_now, meanwhile, written_meanwhile
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent, UnknownButton
from dubu_plugin.web.keys import key_in
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

ALL: Final = "/dubu/sag/{sag}/afgoerelser"
ONE: Final = "/dubu/sag/{sag}/afgoerelse/{afgoerelse}"
BUTTONS: Final = frozenset({"", "gem", "beregn", "fremlaeg", "tilbage", "traef", "opgiv"})
"""What a form may say is done; nothing is to keep what is written."""
REMARK: Final = "bemaerkning"
SENT_BACK: Final = (REMARK, SEEN)
"""What of a leader's draft is gone when it is sent back: the letters will say something else."""
DONE: Final = {
    "gemt": "Det er gemt.",
    "beregnet": "Der er regnet. Se linjerne under Beregning.",
    "fremlagt": "Afgørelsen er fremlagt for lederen. Du kan skrive videre imens.",
    "sendt": "Afgørelsen er sendt tilbage med din bemærkning.",
    "truffet": "Afgørelsen er truffet. Brevene til parterne bliver skrevet nu.",
    "opgivet": "Afgørelsen er opgivet. Det, der er skrevet, er gemt.",
    "ny": "Klageren har fået ret i noget, så her er en ny afgørelse med alt fra den gamle.",
}

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(ALL)
def show_all(visit: Reader, forhold: str = "") -> Response:
    """Show the decisions of the case, and what can be decided today.

    :param forhold: what is chosen already, where a page leads here to have it decided.
    """
    return _list(visit, Sent({"forhold": [forhold]}) if forhold else EMPTY)


@router.post(ALL)
def begin(visit: Writer, sent: Form) -> Response:
    """Prepare what was chosen."""
    try:
        number = prepare.prepare(visit.subject, sent.one("forhold"), **visit.means)
    except CaseworkError as no:
        return _list(visit, sent.refused(no))
    return RedirectResponse(f"/dubu/sag/{visit.subject}/afgoerelse/{number}", status_code=303)


@router.get(ONE)
def show(visit: Reader, afgoerelse: str, gemt: str = "") -> Response:
    """Show one decision: to write in while it is prepared, and to read when it is made."""
    it, head = with_head(visit, afgoerelse)
    draft = draft_of(visit, _draft(it)) if it.afgoerelse.is_open else EMPTY
    if not draft.fields:
        return _drawn(visit, it, values_of(it), EMPTY, said=DONE.get(gemt, ""), head=head)
    values = {**values_of(it), **_whole_of(it, draft.ones())}
    return _drawn(visit, it, values, draft, head=head)


@router.post(ONE)
def change(visit: Writer, afgoerelse: str, sent: Form) -> Response:
    """Keep what was written, and do what the button says."""
    it = opened(visit, afgoerelse)
    act = sent.one("handling")
    if act not in BUTTONS:
        raise UnknownButton
    values = {**values_of(it), **_whole_of(it, sent.ones())}
    where = visit.subject, it.afgoerelse.id
    stored = False
    try:
        if act == "opgiv":
            prepare.give_up(*where, **visit.means)
            return _back(visit, it, "opgivet")
        if act == "tilbage":
            send_back(*where, sent.one(REMARK), **visit.means)
            forget(visit, _draft(it), *(SENT_BACK if _typed_more(it, sent) else ()))
            return _back(visit, it, "sendt")
        clashes = keep(*where, kept_of(it, values), **visit.means)
        if clashes:
            return _clashed(visit, afgoerelse, values, sent, clashes)
        stored = True
        forget(visit, _draft(it))
        if act == "beregn":
            here = ONE.format(sag=visit.subject, afgoerelse=it.afgoerelse.id)
            return RedirectResponse(f"{here}/beregning", status_code=303)
        if act == "fremlaeg":
            present(*where, **visit.means)
            return _back(visit, it, "fremlagt")
        if act == "traef":
            make(*where, apart_seen=values[SEEN] == YES, **visit.means)
            return _back(visit, it, "truffet")
        return _back(visit, it, "gemt")
    except (NotReadableHere, NoRemark) as no:
        return _drawn(visit, it, values, sent.refused(no))
    except GatesShut as no:
        it = opened(visit, afgoerelse)
        shown = {**values_of(it), SEEN: values[SEEN]}
        return _drawn(visit, it, shown, sent.refused(no), kept=no.for_people())
    except ChangedMeanwhile as no:
        it = opened(visit, afgoerelse)
        shown, wrong = meanwhile(visit.product, it, values)
        return _drawn(visit, it, shown, sent.refused(FieldsRefused({**no.at_fields(), **wrong})))
    except CaseworkError as no:
        it = opened(visit, afgoerelse)
        values = {**values, **values_of(it)} if stored else values
        return _drawn(visit, it, values, sent.refused(no))


def opened(visit: Visit, key: str) -> Whole:
    """Return a decision of the case, with everything that is written and known of it.

    :raises NotYours: the case has none with this key.
    """
    return with_head(visit, key)[0]


def with_head(visit: Visit, key: str) -> tuple[Whole, Head]:
    """Return the same, and the case it is on.

    :raises NotYours: the case has none with this key.
    """
    with visit.reading() as connection:
        found = afgoerelser.by_id(connection, key_in(key))
        if found is None or found.sag != visit.subject:
            raise NotYours
        head = sag_panel.head(connection, visit.subject)
        child = Known(head.child, head.child_name, born=head.born, due_date=head.termin)
        return whole(connection, visit.product, found, child, visit.now), head


def _list(visit: Visit, sent: Sent = EMPTY) -> Response:
    today = danish.danish_day(visit.now)
    url = f"/dubu/sag/{visit.subject}"
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        may_write = visit.may(connection, Act.WRITE)
        found = view.lines(connection, visit.product, visit.subject, url, today)
        child = Known(head.child, head.child_name, born=head.born, due_date=head.termin)
        stands = there(connection, visit.product.indsatser, child, today)
    age = age_on(head.born, today) if head.born else None
    matters = visit.product.matters.open(today, age)
    values = {
        "url": url,
        "lines": found,
        "may_write": may_write and head.phase != CLOSED,
        "matters": choices(matters, stands, age=age, area=head.area),
        "chosen": sent.one("forhold"),
    }
    page = Page(
        "afgoerelse/afgoerelser.html", "Afgørelser", case=head.host_key, tab=TAB, values=values
    )
    return visit.form(page, sent)


def _drawn(
    visit: Visit,
    it: Whole,
    values: Mapping[str, str],
    sent: Sent,
    *,
    said: str = "",
    kept: str = "Det, du har skrevet, står her endnu.",
    head: Head | None = None,
) -> Response:
    with visit.reading() as connection:
        head = head or sag_panel.head(connection, visit.subject)
        shown = view.shown(connection, visit.product, visit.asker, it, visit.now)
    if head.phase == CLOSED:
        shown["open"] = False
    shown |= {
        "f": defaultdict(str, values), "said": said, "kept": kept, "child": head.child_name,
        "custody_noted": bool(head.holders), "carers": carers_of(it.matter, it.age),
        "more": given_form.numbers(values), "helps": _helps(it),
    }  # fmt: skip
    title = f"Afgørelse: {it.matter.title}"
    page = Page("afgoerelse/page.html", title, case=head.host_key, tab=TAB, values=shown)
    return visit.form(page, sent)


def _helps(it: Whole) -> Sequence[tuple[str, str, str]]:
    """Return the help it can take: its name in the form, what it is, and by what and since when."""
    found = []
    for name, one in help_fields(it).items():
        days = f"siden {danish.list_date(one.since, it.day)}"
        if one.ended_on is not None:
            days = f"hørt op {danish.list_date(one.ended_on, it.day)}"
        found.append((name, one.title, danish.unbroken(f"{law_words(one.law)} · {days}")))
    return found


def _clashed(
    visit: Visit, key: str, values: Mapping[str, str], sent: Sent, clashes: Sequence[Clash]
) -> Response:
    """Show both texts where somebody else was first: the second chooses, and nothing is lost."""
    it = opened(visit, key)
    wrong = {clash.at[1]: written_meanwhile(clash.theirs.text) for clash in clashes}
    fresh = {REVISION.format(clash.at[1]): str(clash.theirs.revision) for clash in clashes}
    again = sent.refused(FieldsRefused(wrong))
    return _drawn(visit, it, {**values, **fresh, **drawn_now(it)}, again)


def _whole_of(it: Whole, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed, where a box that is not ticked sends nothing."""
    boxes = {f"samtykkeformaal-{one.person}": "" for one in it.parts}
    boxes |= dict.fromkeys(help_fields(it), "")
    return {**boxes, "straks": "", "overleveres": "", SEEN: "", **typed}


def _typed_more(it: Whole, sent: Sent) -> bool:
    """Tell whether somebody who writes a remark has typed something else that is not kept."""
    stood, kept = values_of(it), REVISION.format("")
    return any(
        cleaned(sent.one(name)) != stood.get(name, "")
        for name in sent.typed()
        if name not in (*SENT_BACK, "handling") and not name.startswith(kept)
    )


def _draft(it: Whole) -> str:
    return f"afgoerelse:{it.afgoerelse.id}"


def _back(visit: Visit, it: Whole, done: str) -> Response:
    url = f"/dubu/sag/{visit.subject}/afgoerelse/{it.afgoerelse.id}"
    return RedirectResponse(f"{url}?gemt={done}", status_code=303)
