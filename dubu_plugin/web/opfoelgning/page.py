"""The opfølgning: one page that is written, kept and held; and those that are held, to read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.gates.apart import SEEN
from dubu_plugin.domain.inddragelse import HANDED_OVER
from dubu_plugin.domain.maal import STATUSES
from dubu_plugin.domain.opfoelgning import (
    CHOICES,
    DECIDES,
    OF_PARENTS,
    OTHER_DAY,
    PLAN,
    REVISES,
    SHARED,
)
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.indsats import opfoelgninger
from dubu_plugin.store.indsats.followed_up import Plan
from dubu_plugin.store.indsats.opfoelgninger import Opfoelgning
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.skrift.tekster import Clash
from dubu_plugin.usecases.opfoelgning.followed import Followed, left_out, not_ticked, told_of
from dubu_plugin.usecases.opfoelgning.hold import OpfoelgningNotClear, hold
from dubu_plugin.usecases.opfoelgning.keep import give_up, keep
from dubu_plugin.usecases.opfoelgning.opens import WRITES
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.keys import key_in, keys_or_nobody
from dubu_plugin.web.letter_notes import PLACE_SEEN, apart_tick, where_note
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.opfoelgning import held as opfoelgning_held
from dubu_plugin.web.opfoelgning import view
from dubu_plugin.web.opfoelgning.form import (
    TOLD,
    homeless,
    last_of,
    name_of,
    seen_of,
    typed,
    values_of,
    written_of,
)
from dubu_plugin.web.opfoelgning.since import since, talk_source
from dubu_plugin.web.opfoelgning.view import ALL, ONE, goals, read
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.plan.shared import shared_plans
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

DONE: Final = {
    "kladde": "Kladden er gemt på sagen.",
    "opgivet": "Den fælles kladde er opgivet.",
}
HELD: Final = {
    "holdt": "Opfølgningen er gemt.",
    "aendr": "Indsatsen er rettet.",
    "afslut": "Indsatsen er afsluttet.",
}
KEPT: Final = "Det, du har skrevet, står her endnu."
MOVED: Final = (
    "Planen eller familien er ændret, siden du åbnede siden. Det her er der ikke noget felt til "
    "mere. Sæt det ind, hvor det skal stå, og gem igen:"
)
YES: Final = "ja"
SAVED: Final = "Det, du har skrevet, er gemt på sagen som kladde."

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(ALL)
def show(visit: Reader, gemt: str = "") -> Response:
    """Show what there is to follow up, filled in as far as it is known, and those that are held."""
    page = read(visit)
    values = values_of(page, visit.now)
    draft = draft_of(visit, _draft(page)) if page.writes else EMPTY
    if draft.fields:
        # The rest of the draft was typed on what stood then; the marks tell what is newer.
        values |= typed(draft.fields)
    return _drawn(visit, page, values, draft, said=DONE.get(gemt, ""))


@router.post(ALL)
def act(visit: Writer, sent: Form) -> Response:
    """Keep what was written, and hold the opfølgning where the button says so."""
    page = read(visit)
    values = {**values_of(page, visit.now), **typed(sent.fields)}
    try:
        if sent.one("handling") == "opgiv":
            give_up(visit.subject, **visit.means)
            forget(visit, _draft(page))
            return _back(page, "opgivet")
        if left := homeless(page, sent):
            return _changed(visit, page, values, sent, left)
        clashes = keep(visit.subject, written_of(page, sent), last=last_of(sent), **visit.means)
        if clashes:
            return _clashed(visit, read(visit), values, sent, clashes)
        forget(visit, _draft(page))
        if sent.one("handling") != "gem":
            return _back(page, "kladde")
        told, seen = keys_or_nobody(sent.many(TOLD)), sent.one(SEEN) == YES
        held = hold(visit.subject, to=told, apart_seen=seen, **visit.means)
        return RedirectResponse(_leads_to(visit, held), status_code=303)
    except OpfoelgningNotClear as no:
        page = read(visit)
        fresh = values_of(page, visit.now) | {
            TOLD: ",".join(sent.many(TOLD)), SEEN: sent.one(SEEN),
        }  # fmt: skip
        return _drawn(visit, page, fresh, sent.refused(no), kept=SAVED)
    except CaseworkError as no:
        page = read(visit)
        newest = {"sete": seen_of(page), "efter": str(page.its.last or "")}
        return _drawn(visit, page, {**values, **newest}, sent.refused(no))


@router.get(ONE)
def show_held(visit: Reader, opfoelgning: str, gemt: str = "") -> Response:
    """Show one that is held, with what it opened."""
    with visit.reading() as connection:
        it = opfoelgninger.by_skrift(connection, key_in(opfoelgning))
    if it is None or it.sag != visit.subject:
        raise NotYours
    return opfoelgning_held.drawn(visit, it, HELD.get(gemt, ""))


def _draft(page: view.Page) -> str:
    return f"opfoelgning:{page.head.sag}"


def _leads_to(visit: Visit, it: Opfoelgning) -> str:
    """Return where it goes on: the draft the choice opened, or what is held."""
    case = f"/dubu/sag/{it.sag}"
    if not it.opened:
        return ONE.format(sag=it.sag, opfoelgning=it.skrift) + "?gemt=holdt"
    what, key = it.opened[0]
    if what in (PLAN, OF_PARENTS):
        return f"{case}/barnets-plan/{key}?gemt=ny"
    if what == SHARED:
        with visit.reading() as connection:
            plan = skrifter.by_id(connection, key)
        return f"/dubu/sag/{plan.sag if plan else it.sag}/barnets-plan/{key}?gemt=ny"
    if what == WRITES:
        return f"{case}/skrift/{key}"
    if what == DECIDES:
        return f"{case}/afgoerelse/{key}"
    return f"{case}/indsats/{key}?{urlencode({'goer': what, 'opfoelgning': it.skrift})}"


def _drawn(
    visit: Visit,
    page: view.Page,
    values: Mapping[str, str],
    sent: Sent,
    *,
    said: str = "",
    kept: str = KEPT,
) -> Response:
    product, today = visit.product, danish.danish_day(visit.now)
    its, head = page.its, page.head
    talk = its.talk
    deadline = view.deadline(page, product, visit.now)
    told = told_of(its, head.child, head.born, visit.now)
    where = ""
    if head.may_be_placed and told:
        with visit.reading() as connection:
            where = where_note(connection, visit.subject, today)
    shown = {
        "p": page,
        "f": defaultdict(str, values),
        "kept": kept,
        "said": said,
        "draft": _draft(page),
        "child": child_title(head.child_name, head.termin if head.born is None else None),
        "deadline": deadline,
        "goals": goals(page, product, today),
        "parents_goals": goals(page, product, today, of_parents=True),
        "parents_plan_url": _plan_url(page, its.parents_plan),
        "looked_at": [("", "Ikke i dag"), *((one.value, title) for one, title in STATUSES.items())],
        "revises": [(one.value, title) for one, title in REVISES.items()],
        "revised_by": view.revised_by(page, visit.now) if its.asks_parents_plan else "",
        "statuses": [(one.value, title) for one, title in STATUSES.items()],
        "choices": [(one.value, title) for one, title in CHOICES.items()],
        "adjusts": view.adjusts(page, product),
        "running": view.running(page, product),
        "assessments": view.assessments(page, product),
        "next_days": [*view.next_days(page, today), (OTHER_DAY, "En anden dag")],
        "why_hint": _why_hint(page),
        "read_by": "Ingen af brevene gentager det.",
        "where": where,
        "apart_tick": apart_tick(its.around) or (PLACE_SEEN if where else ""),
        "child_told": head.child in told,
        "talk": talk_source(talk, today) if talk else "",
        "talk_url": f"{page.case_url}/samtaler/{talk.id}" if talk else "",
        "since_day": danish.unbroken(danish.list_date(its.since, today)) if its.since else "start",
        "happened_since": since(page, product, today),
        "costs": view.costs(page, product, today),
        "held": view.earlier(its.kept.held, today),
        "plan_url": _plan_url(page, its.plan),
        "shared": shared_plans(its.shared),
        "plan_title": product.forms.of(its.plan.kind).title if its.plan else "",
        "given": view.given(page, product, today),
        "follows": _follows(deadline, has_goals=bool(its.of_children)),
        "told_of": [(str(key), name, _note(its, head.child, key)) for key, name in told.items()],
    }
    drawing = Page("opfoelgning/page.html", page.title, case=head.host_key, tab=TAB, values=shown)
    return visit.form(drawing, sent)


def _plan_url(page: view.Page, plan: Plan | None) -> str:
    return f"{page.case_url}/barnets-plan/{plan.skrift}" if plan else ""


def _note(its: Followed, child: UUID, person: UUID) -> str:
    """Return why somebody is not ticked, or how their letter reaches them."""
    if person == child and its.placed:
        return f"{HANDED_OVER}: barnet er anbragt."
    return not_ticked(its).get(person, "") or left_out(its, person)


def _clashed(
    visit: Visit,
    page: view.Page,
    values: Mapping[str, str],
    sent: Sent,
    clashes: Sequence[Clash],
) -> Response:
    """Show both texts where somebody else was first: the second chooses, and nothing is lost."""
    wrong = {
        name_of(one.at): f"En anden har skrevet her imens: »{_short(page, one)}«. Saml det, og gem."
        for one in clashes
    }
    again = sent.refused(FieldsRefused(wrong))
    return _drawn(visit, page, {**values, "sete": seen_of(page)}, again)


def _changed(
    visit: Visit, page: view.Page, values: Mapping[str, str], sent: Sent, left: Sequence[str]
) -> Response:
    """Show what was typed where there is no field any more, so that it is put somewhere else."""
    said = " ".join(f"»{one}«" for one in left)
    again = sent.refused(FieldsRefused({"": f"{MOVED} {said}"}))
    return _drawn(visit, page, values, again)


def _short(page: view.Page, one: Clash) -> str:
    """Return what the other wrote; an answer that was chosen stands as its title."""
    text = one.theirs.text
    titles = {**{str(key): title for key, title in STATUSES.items()},
              **{str(key): title for key, title in CHOICES.items()}}  # fmt: skip
    return titles.get(text, text)


def _why_hint(page: view.Page) -> str:
    if page.its.rhythm is None:
        law = "" if page.of_chapter_8 else " (§ 95, stk. 3)"
        return danish.unbroken(f"Barnet og forældrene får grunden at vide{law}.")
    months = danish.counted(page.its.rhythm, "måned", "måneder")
    return danish.unbroken(
        f"Kun hvis det er en anden dag, end rytmen på {months} giver. Barnet og forældrene får "
        f"grunden at vide."
    )


def _follows(deadline: str, *, has_goals: bool) -> Sequence[str]:
    closes = ["Fristen for opfølgningen lukkes, og den næste sættes"]
    return [
        *(["Hvert mål får sin status, som ses på planen"] if has_goals else []),
        *(closes if deadline else ["Fristen for den næste opfølgning sættes"]),
        "Opfølgningen lægges i journalen",
        "Det, valget kræver, åbner med det samme",
    ]


def _back(page: view.Page, done: str) -> Response:
    return RedirectResponse(f"{page.url}?gemt={done}", status_code=303)
