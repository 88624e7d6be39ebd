"""The plans of a case: what is next, done, moved, declined and added; and reminders on the case."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.aktiviteter.plan import Ansvar, PlanSubject
from dubu_plugin.aktiviteter.states import PlanState
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.aktivitet import aktiviteter, plan_versions
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.usecases.aktivitet.add_step import add_step
from dubu_plugin.usecases.aktivitet.apply_plan import apply_plan
from dubu_plugin.usecases.aktivitet.complete_step import complete_step
from dubu_plugin.usecases.aktivitet.decline_step import decline_step
from dubu_plugin.usecases.aktivitet.move_step import move_step
from dubu_plugin.usecases.aktivitet.noted_as import MustBeNoted, notable, noted_as
from dubu_plugin.usecases.aktivitet.on_plan import StepEnded
from dubu_plugin.usecases.erindring.set_erindring import set_erindring
from dubu_plugin.web.aktivitet.view import erindring_words, plan_words
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.min_dag.erindringer_page import act_on, receivers, typed_day, typed_whom
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.sag.record_view import title

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/planer"
DONE: Final = {
    "lagt": "Planen er lagt på sagen.",
    "udfoert": "Trinnet er sat som færdigt.",
    "fravalg": "Trinnet er valgt fra.",
    "flyt": "Trinnet er flyttet.",
    "tilfoej": "Aktiviteten er lagt i planen.",
    "erindring": "Erindringen er sat.",
    "erindret": "Erindringen er ændret.",
    "noteret": "Det er noteret, trinnet er færdigt, og fristerne følger med.",
}

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, gemt: str = "") -> Response:
    """Show the plans and the reminders of the case."""
    return _drawn(visit, said=DONE.get(gemt, ""))


@router.post(URL)
def change(visit: Writer, sent: Form) -> Response:
    """Do one thing with a plan or a step."""
    acts: Mapping[str, Callable[[Visit, Sent], None]] = {
        "lagt": _apply,
        "udfoert": _complete,
        "fravalg": _decline,
        "flyt": _move,
        "tilfoej": _add,
    }
    return _did(visit, sent, sent.one("handling"), acts.get(sent.one("handling"), _nothing))


@router.post(URL + "/erindring")
def remind(visit: Writer, sent: Form) -> Response:
    """Set a reminder on the case, or change one that is there."""
    if sent.one("handling"):
        return _did(visit, sent, "erindret", act_on)
    return _did(visit, sent, "erindring", _set)


def _did(visit: Visit, sent: Sent, name: str, act: Callable[[Visit, Sent], None]) -> Response:
    try:
        act(visit, sent)
    except MustBeNoted as no:
        if len(no.choices) == 1:
            return RedirectResponse(noting_url(visit.subject, no.choices[0]), status_code=303)
        words = " eller ".join(f"»{title(what)}«" for what in no.choices)
        said = f"{no.for_people()} Vælg {words} ved trinnet."
        return _drawn(visit, sent.refused(FieldRefused("", said)))
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no))
    return RedirectResponse(f"/dubu/sag/{visit.subject}/planer?gemt={name}", status_code=303)


def noting_url(sag: UUID, what: Haendelse) -> str:
    """Return where a step is noted that is done by being noted; from there one comes back."""
    return f"/dubu/sag/{sag}/haendelse?hvad={what}&fra=planer"


def _nothing(visit: Visit, sent: Sent) -> None:
    raise StepEnded


def _apply(visit: Visit, sent: Sent) -> None:
    apply_plan(visit.subject, sent.one("plan"), **visit.means)


def _complete(visit: Visit, sent: Sent) -> None:
    step = _of_case(visit, sent)
    complete_step(step, **visit.means)


def _decline(visit: Visit, sent: Sent) -> None:
    step, reason = _of_case(visit, sent), sent.one("grund")
    decline_step(step, reason, **visit.means)


def _move(visit: Visit, sent: Sent) -> None:
    step, day = _of_case(visit, sent), typed_day(sent)
    move_step(step, day, **visit.means)


def _add(visit: Visit, sent: Sent) -> None:
    role = sent.one("ansvar")
    add_step(
        _number(sent.one("plan")),
        sent.one("aktivitet"),
        typed_day(sent) if sent.one("dag") else None,
        role=Ansvar(role) if role in list(Ansvar) else Ansvar.SAGSBEHANDLER,
        **visit.means,
    )


def _set(visit: Visit, sent: Sent) -> None:
    set_erindring(
        sent.one("note"),
        typed_day(sent),
        whom=typed_whom(visit, sent),
        sag=visit.subject,
        **visit.means,
    )


def _of_case(visit: Visit, sent: Sent) -> UUID:
    """Return the step the form names, which must be of this case.

    :raises StepEnded: it is not.
    """
    step = _number(sent.one("trin"))
    with visit.reading() as connection:
        place = aktiviteter.place_of_step(connection, step)
    if place is None or place.sag != visit.subject:
        raise StepEnded
    return step


def _number(text: str) -> UUID:
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text):
        raise StepEnded
    return UUID(text)


def _drawn(visit: Visit, typed: Sent = EMPTY, *, said: str = "") -> Response:
    book = visit.product.store.plans
    letters = {letter.code: letter.row.title for letter in visit.product.letters}
    laws = {kind.code: kind.law for kind in book.types.values()}
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        may_write = visit.may(connection, Act.WRITE)
        plans = aktiviteter.plans_of_case(connection, visit.subject)
        own = erindringer.of_case(connection, visit.asker, visit.subject)
        usable = plan_versions.in_use(connection, book)
        people = receivers(connection, visit.asker)
        can_be = notable(visit.product.store.rules, visit.now)
        noting = {
            step.id: [(title(what), noting_url(visit.subject, what)) for what in choices]
            for plan in plans
            if plan.state is PlanState.I_GANG
            for given in [plan_versions.given(connection, book, plan.code, plan.version)]
            for step in plan.steps
            if (choices := noted_as(step, given, book, can_be))
        }
    titles = [plan.title for plan in plans]
    running = {plan.code for plan in plans if plan.state == "i_gang"}
    name = child_title(head.child_name, head.termin if head.born is None else None)
    values = {
        "url": f"/dubu/sag/{visit.subject}",
        "name": name,
        "plans": [
            plan_words(plan, letters, laws, visit.now, noting, alone=titles.count(plan.title) == 1)
            for plan in plans
        ],
        "own": [erindring_words(one, visit.asker, visit.now, on_case=True) for one in own],
        "can_be_laid": [
            (plan.code, f"{plan.title}: {plan.about}")
            for plan in sorted(usable.values(), key=lambda plan: plan.title)
            if plan.subject is not PlanSubject.ENHED and plan.code not in running
        ],
        "activities": [(kind.code, f"{kind.code} {kind.title}") for kind in book.types.values()],
        "people": people,
        "may_write": may_write,
        "said": said,
        "typed": {key: typed.one(key) for key in ("note", "dag", "til", "til_anden", "grund")},
    }
    page = Page(
        "aktivitet/planer.html", f"Planer, {name}", case=head.host_key, tab=TAB, values=values
    )
    return visit.form(page, typed)
