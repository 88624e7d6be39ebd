"""Barnets plan: made from the needs, written, saved and sent; and the chain to read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.gates.apart import SEEN
from dubu_plugin.domain.maal import AIMS, PLANS
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.plan.needs import needs_of_sag
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.skrift.tekster import Clash
from dubu_plugin.usecases.dokument.held_apart import ApartNotSeen
from dubu_plugin.usecases.dokument.order.plan import CHILDS_OWN
from dubu_plugin.usecases.plan.begin_plan import Wanted, begin_plan
from dubu_plugin.usecases.plan.hand_out import hand_out
from dubu_plugin.usecases.plan.keep_plan import keep
from dubu_plugin.usecases.plan.send_plan import CopiesNotSeen, OthersGetIt, send_plan
from dubu_plugin.usecases.skrift.present import NotFinished, begin_version, give_up
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent, UnknownButton
from dubu_plugin.web.keys import keys_or_nobody
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.plan.form import (
    FactsChanged,
    facts_anew,
    kept_anew,
    kept_of,
    name_of,
    taken_out,
    values_of,
    values_over,
)
from dubu_plugin.web.plan.receivers import SHOWN, naming, notes, pointed_out, receivers
from dubu_plugin.web.plan.start import draft_of_start, start
from dubu_plugin.web.plan.unchanged import unchanged
from dubu_plugin.web.plan.view import (
    ALL,
    ONE,
    WISH,
    Plan,
    help_line,
    lines,
    need_line,
    read,
)
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.skrift.opened import Opened
from dubu_plugin.web.skrift.screen import deadline
from dubu_plugin.web.skrift.words import state_mark

router = APIRouter()

DONE: Final = {
    "gemt": "Planen er gemt.",
    "lavet": "Planen er lavet. Skriv, hvem der gør hvad, og hvordan I ser, at det virker.",
    "sendt": "Planen er godkendt. Dokumentet og »Min plan« lægges på sagen, og brevene skrives.",
    "ny": "Den nye version er begyndt. Alt fra den forrige er med.",
    "opgivet": "Planen er opgivet. Det, der er skrevet, er gemt.",
    "tilbage": "Den nye version er opgivet. Planen gælder, som den blev godkendt.",
    "uddrag": "Uddraget bliver lavet og lægges på sagen som dokument.",
}
KEPT: Final = "Det, du har skrevet, står her endnu."
YES: Final = "ja"
SAVED: Final = "Det, du har skrevet, er gemt."
REST: Final = "Det andet er gemt og står her."

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(ALL)
def show_all(visit: Reader) -> Response:
    """Show the plans of the case, and the needs a new one can begin with."""
    return start(visit, draft_of(visit, draft_of_start(visit)))


@router.post(ALL)
def begin(visit: Writer, sent: Form) -> Response:
    """Make a plan with a goal for each need that is ticked."""
    with visit.reading() as connection:
        needs = needs_of_sag(connection, visit.subject)
    ticked = set(sent.many("behov"))
    wanted = [
        Wanted(one.id, sent.one(f"maal-{one.id}") or one.text)
        for one in needs
        if str(one.id) in ticked
    ]
    wanted.append(Wanted(None, sent.one("eget")))
    try:
        plan = begin_plan(visit.subject, _kind(sent), wanted, **visit.means)
    except CaseworkError as no:
        return start(visit, sent.refused(no))
    forget(visit, draft_of_start(visit))
    return RedirectResponse(
        f"{ONE.format(sag=visit.subject, plan=plan.id)}?gemt=lavet", status_code=303
    )


@router.get(ONE)
def show(visit: Reader, plan: str, gemt: str = "", version: int | None = None) -> Response:
    """Show a plan: to write in while it is open, and the chain to read."""
    it = read(visit, plan, version=version)
    draft = draft_of(visit, _draft(it)) if it.opened.writes else EMPTY
    values = values_over(it, draft)
    return _drawn(visit, it, values, draft, said=DONE.get(gemt, ""))


@router.post(ONE)
def act(visit: Writer, plan: str, sent: Form) -> Response:
    """Keep what was written, and do what the button says."""
    it = read(visit, plan)
    where = visit.subject, it.opened.skrift.id
    values = values_over(it, sent)
    try:
        match sent.one("handling"):
            case "ny_version":
                begin_version(*where, **visit.means)
                return _back(it, "ny")
            case "opgiv":
                give_up(*where, **visit.means)
                return _back(it, "tilbage" if it.opened.stood else "opgivet")
            case "uddrag":
                hand_out(*where, keys_or_nobody(sent.many("med")), sent.one("til"), **visit.means)
                return _back(it, "uddrag")
            case "" | "gem" | "send":
                pass
            case _:
                raise UnknownButton
        clashes = keep(*where, kept_of(it, sent), **visit.means)
        out = taken_out(it, sent)
        if clashes or out:
            return _clashed(visit, read(visit, plan), values, sent, clashes, out)
        forget(visit, _draft(it))
        if sent.one("handling") != "send":
            return _back(it, "gemt")
        seen = sent.one(SEEN) == YES
        send_plan(
            *where, keys_or_nobody(sent.many("modtager")), apart_seen=seen,
            seen=sent.one(SHOWN).split(","), **visit.means,
        )  # fmt: skip
        return _back(it, "sendt")
    except NotFinished:
        it = read(visit, plan)
        fresh = values_of(it) | _ticked(sent)
        again = sent.refused(FieldsRefused(_lacking(it)))
        return _drawn(visit, it, fresh, again, kept=SAVED)
    except (ApartNotSeen, CopiesNotSeen, OthersGetIt) as no:
        it = read(visit, plan)
        return _drawn(visit, it, values_of(it) | _ticked(sent), sent.refused(no), kept=SAVED)
    except FactsChanged as no:
        it = read(visit, plan)
        again = sent.refused(FieldsRefused(_changed(it, no)))
        return _drawn(visit, it, values | facts_anew(it, sent), again)
    except CaseworkError as no:
        return _drawn(visit, read(visit, plan), values, sent.refused(no))


def _changed(plan: Plan, no: FactsChanged) -> dict[str, str]:
    """Return at each field what the other chose."""
    said = values_of(plan)
    titles = {**{str(aim): title for aim, title in AIMS.items()},
              **{str(key): name for key, name in plan.children.items()}}  # fmt: skip
    return {
        name: f"En anden har valgt »{titles.get(said[name]) or _long(said[name])}« imens. "
        "Vælg, hvad der skal stå, og gem igen."
        for name in no.fields
    }


def _long(day: str) -> str:
    return danish.unbroken(danish.long_date(date.fromisoformat(day))) if day else "ingen dag"


def _ticked(sent: Sent) -> dict[str, str]:
    """Return what was ticked beside the button, so that it is there again."""
    return {"valgte": ",".join(sent.many("modtager")), SEEN: sent.one(SEEN)}


def _draft(plan: Plan) -> str:
    return f"plan:{plan.opened.skrift.id}"


def values_around(visit: Visit, plan: Plan) -> dict[str, Any]:
    """Return what the head of every page about a plan says."""
    it = plan.opened
    with visit.reading() as connection:
        due = deadline(connection, it, visit.now)
    return {
        "o": it,
        "p": plan,
        "url": plan.url,
        "case_url": f"/dubu/sag/{it.head.sag}",
        "child": it.head.child_name,
        "mark": state_mark(it),
        "law": danish.unbroken(it.form.law),
        "deadline": due,
        "beside": _beside(visit, it) if it.writes else None,
    }


def _beside(visit: Visit, it: Opened) -> tuple[str, str] | None:
    """Return the title and the address of the other plan that is written in meanwhile."""
    if it.skrift.beside is None:
        return None
    (other,) = set(skrifter.EITHER_PLAN) - {it.skrift.kind}
    title = visit.product.forms.of(other).title
    return title, ONE.format(sag=visit.subject, plan=it.skrift.beside)


def _drawn(
    visit: Visit,
    plan: Plan,
    values: Mapping[str, str],
    sent: Sent,
    *,
    said: str = "",
    kept: str = KEPT,
) -> Response:
    it, today = plan.opened, danish.danish_day(visit.now)
    shown = {
        **values_around(visit, plan),
        "goals": lines(plan, visit.product, today),
        "f": defaultdict(str, values),
        "aims": list(AIMS.items()),
        "children": [(str(key), name) for key, name in plan.children.items()],
        "offered": [(one.id, need_line(one, visit.product, it.head.sag)) for one in plan.offered],
        "helps": [help_line(one, visit.product, it.head.sag) for one in plan.going],
        "receivers": receivers(plan),
        "shown": (SHOWN, pointed_out(plan)),
        "notes": notes(plan),
        "naming": naming(plan),
        "own": plan.own(),
        "left_out": plan.left_out,
        "no_paper": plan.no_paper(today),
        "wish": WISH,
        "kept": kept,
        "said": said,
        "draft": _draft(plan),
        "out": taken_out(plan, sent) if sent.restored else (),
        "since": unchanged(plan),
        "parts": [
            (part, it.form.in_part(part.code)) for part in it.form.parts if part.code != CHILDS_OWN
        ],
    }
    page = Page("plan/page.html", it.form.title, case=it.head.host_key, tab=TAB, values=shown)
    return visit.form(page, sent)


def _clashed(
    visit: Visit,
    plan: Plan,
    values: Mapping[str, str],
    sent: Sent,
    clashes: Sequence[Clash],
    out: Sequence[str],
) -> Response:
    """Show both texts where somebody else was first: the second chooses, and nothing is lost.

    :param out: what is said of goals that are out of the plan.
    """
    wrong = {
        name_of(one.at): f"En anden har skrevet her imens: »{one.theirs.text}«. Saml det, og gem."
        for one in clashes
    }
    if out:
        wrong[""] = " ".join(out)
    again = sent.refused(FieldsRefused(wrong))
    kept = KEPT if clashes else REST
    return _drawn(visit, plan, {**values, **kept_anew(plan, sent)}, again, kept=kept)


def _lacking(plan: Plan) -> Mapping[str, str]:
    """Return a sentence for each thing that is lacking, by the field it is written in."""
    found = {}
    for one in plan.lacking:
        goal = one.place.partition(":")[2]
        name = f"{goal}-{one.field}" if one.place != WHOLE else one.field
        law = f" ({one.law})" if one.law else ""
        found[name] = danish.unbroken(f"{one.title}: {one.what}{law}.")
    return found


def _kind(sent: Sent) -> SkriftKind:
    """Return the kind of plan that is asked for; barnets plan where none is named."""
    asked = sent.one("art")
    return next((kind for kind in PLANS if kind == asked), SkriftKind.BARNETS_PLAN)


def _back(plan: Plan, done: str) -> Response:
    return RedirectResponse(f"{plan.url}?gemt={done}", status_code=303)
