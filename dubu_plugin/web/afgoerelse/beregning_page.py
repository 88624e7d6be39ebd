"""Reckon what a decision gives a month: one form, and the lines it comes to."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.beregning.kompensation import TYPES, Grundlag
from dubu_plugin.domain.beregning.linjer import Ydelse
from dubu_plugin.domain.beregning.tabt import Loen
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.usecases.afgoerelse.reckon import (
    RECEIVER,
    can_be_reckoned,
    given_of,
    prefill,
    receivers,
    reckon,
)
from dubu_plugin.usecases.afgoerelse.whole import Whole
from dubu_plugin.web.afgoerelse import beregning_form
from dubu_plugin.web.afgoerelse.page import ONE, with_head
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.typed_time import day_of

router = APIRouter()

URL: Final = ONE + "/beregning"
PAID_BY: Final = ((Loen.MAANED.value, "Om måneden"), (Loen.TIME.value, "I timen"))
BASES: Final = (
    (Grundlag.SANDSYNLIGGJORT.value, "Sandsynliggjorte udgifter: standardbeløb"),
    (Grundlag.DOKUMENTERET.value, "Dokumenterede udgifter: de faktiske og et tillæg"),
)

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, afgoerelse: str) -> Response:
    """Show the form, with what was reckoned last or what the udredning says."""
    it, head = with_head(visit, afgoerelse)
    draft = draft_of(visit, _draft(it))
    values = _values(visit, it) if it.matter.reckons else {}
    return _drawn(visit, it, head, {**values, **draft.ones()}, draft)


@router.post(URL)
def change(visit: Writer, afgoerelse: str, sent: Form) -> Response:
    """Reckon, keep it, and go back to the decision where it stands."""
    it, head = with_head(visit, afgoerelse)
    if it.matter.reckons is None:
        return _drawn(visit, it, head, {}, EMPTY)
    values = sent.ones()
    wrong: dict[str, str] = {}
    day = _day(values.get("fra", ""), wrong)
    receiver = _receiver(it, values.get("modtager", ""), wrong)
    given = beregning_form.read(it.matter.reckons, values, wrong)
    try:
        if wrong or day is None or receiver is None or given is None:
            raise FieldsRefused(wrong)
        reckon(visit.subject, it.afgoerelse.id, given, day, receiver, **visit.means)
    except CaseworkError as no:
        return _drawn(visit, it, head, values, sent.refused(no))
    forget(visit, _draft(it))
    back = ONE.format(sag=visit.subject, afgoerelse=it.afgoerelse.id)
    return RedirectResponse(f"{back}?gemt=beregnet#f-beregning", status_code=303)


def _values(visit: Visit, it: Whole) -> dict[str, str]:
    assert it.matter.reckons is not None
    with visit.reading() as connection:
        kept = prefill(connection, it.afgoerelse, it.matter.reckons)
        hours = _hours(visit, it) if kept is None and it.matter.reckons is Ydelse.TABT else ""
    values = beregning_form.values_of(given_of(kept) if kept else None)
    if hours:
        values["timer"] = hours
    first = it.afgoerelse.starts_on or danish.danish_day(visit.now)
    adults = list(receivers(it.parts))
    chosen = kept.inputs.get(RECEIVER, "") if kept else ""
    if not chosen and len(adults) == 1:
        chosen = str(adults[0])
    return {**values, "fra": first.isoformat(), "modtager": chosen}


def _hours(visit: Visit, it: Whole) -> str:
    """Return how many hours a week the udredning says a parent is away from work."""
    with visit.reading() as connection:
        found = skrifter.of_sag(connection, it.afgoerelse.sag, SkriftKind.HANDICAPUDREDNING)
        if not found:
            return ""
        said = tekster.read(connection, found[0].id, found[0].version, places={WHOLE})
    text = said[WHOLE, "timer"].text if (WHOLE, "timer") in said else ""
    return text if beregning_form.figure(text) else ""


def _drawn(
    visit: Visit,
    it: Whole,
    head: Head,
    values: Mapping[str, str],
    sent: Sent,
) -> Response:
    shown: dict[str, Any] = {
        "matter": it.matter,
        "action": URL.format(sag=visit.subject, afgoerelse=it.afgoerelse.id),
        "back": ONE.format(sag=visit.subject, afgoerelse=it.afgoerelse.id),
        "reckons": it.matter.reckons is not None,
        "open": can_be_reckoned(it.afgoerelse) and head.phase != CLOSED,
        "is_tabt": it.matter.reckons is Ydelse.TABT,
        "receivers": [(str(key), name) for key, name in receivers(it.parts).items()],
        "paid_by": PAID_BY,
        "bases": BASES,
        "types": [(kind.value, title) for kind, title in TYPES.items()],
        "rows": beregning_form.rows(values),
        "f": defaultdict(str, values),
        "draft": _draft(it),
    }
    page = Page(
        "afgoerelse/beregning.html",
        f"Beregning: {it.matter.title}",
        case=head.host_key,
        tab=TAB,
        values=shown,
    )
    return visit.form(page, sent)


def _receiver(it: Whole, text: str, wrong: dict[str, str]) -> UUID | None:
    found = next((key for key in receivers(it.parts) if str(key) == text), None)
    if found is None:
        wrong["modtager"] = "Vælg, hvem ydelsen gives til."
    return found


def _day(text: str, wrong: dict[str, str]) -> date | None:
    try:
        return day_of(text)
    except ValueError:
        wrong["fra"] = "Skriv den dag, ydelsen begynder, fx 12.8.2026."
        return None


def _draft(it: Whole) -> str:
    return f"beregning:{it.afgoerelse.id}"
