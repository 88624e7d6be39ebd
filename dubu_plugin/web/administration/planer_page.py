"""The plans of the municipality, for an administrator: change one, look at it, take it back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.aktiviteter.plan import Plan
from dubu_plugin.aktiviteter.planfile import MOST_STEPS, PlanRow
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.aktivitet import plan_versions
from dubu_plugin.usecases.aktivitet.change_plan import (
    change_plan,
    checked,
    take_back,
)
from dubu_plugin.web.administration.plan_form import StepFields, fields_of, read_plan
from dubu_plugin.web.aktivitet.view import ROLES
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent

router = APIRouter()

URL: Final = "/dubu/planer"
FILE: Final = "fil"
"""What the form says where the file's own version is wanted back."""
DONE: Final = {
    "gemt": "Planen er gemt. Nye sager får den; de, der er i gang, beholder den, de har.",
    "tilbage": "Udgaven er taget i brug igen. Sager, der er i gang, beholder den, de har.",
}

Administrator = Annotated[Visit, Depends(Door(Act.ADMINISTER, page="planer"))]


@dataclass(frozen=True, slots=True)
class Preview:
    """A step as a case would show it, had the plan been laid today."""

    title: str
    when: str
    role: str


@router.get(URL)
def show(visit: Administrator) -> Response:
    """Show every plan."""
    book = visit.product.store.plans
    with visit.reading() as connection:
        plans = plan_versions.in_use(connection, book)
        own = {one.plan for one in plan_versions.versions(connection) if one.in_use}
    rows = [
        (plan.code, plan.title, plan.about, len(plan.steps), plan.code in own)
        for plan in sorted(plans.values(), key=lambda plan: _sorting(plan.code))
    ]
    values = {"rows": rows, "wrong": {}}
    return visit.page(Page("administration/planer_admin.html", "Aktivitetsplaner", values=values))


@router.get(URL + "/{kode}")
def edit(visit: Administrator, kode: str, gemt: str = "") -> Response:
    """Show one plan as a form; a code nobody has is a new plan."""
    row = _row(visit, _code(kode))
    return _drawn(visit, _code(kode), row, said=DONE.get(gemt, ""))


@router.post(URL + "/{kode}")
def change(visit: Administrator, kode: str, sent: Form) -> Response:
    """Look at a change, save it, or take one back."""
    code = _code(kode)
    before = _row(visit, code)
    try:
        if sent.one("handling") == "tilbage":
            version = sent.one("udgave")
            take_back(code, None if version == FILE else version, **visit.means)
            return RedirectResponse(f"{URL}/{code}?gemt=tilbage", status_code=303)
        row = read_plan(code, sent, before)
        plan = checked(row, visit.product)
        if sent.one("handling") == "gem":
            change_plan(row, **visit.means)
            return RedirectResponse(f"{URL}/{code}?gemt=gemt", status_code=303)
    except CaseworkError as no:
        return _drawn(visit, code, before, sent.refused(no))
    return _drawn(visit, code, row, preview=plan)


def _drawn(
    visit: Visit,
    code: str,
    row: PlanRow | None,
    typed: Sent = EMPTY,
    *,
    preview: Plan | None = None,
    said: str = "",
) -> Response:
    book = visit.product.store.plans
    with visit.reading() as connection:
        versions = plan_versions.versions(connection, code)
    steps = _typed_steps(typed) if typed.fields else list(fields_of(row)) if row else []
    values: dict[str, Any] = {
        "url": f"{URL}/{code}",
        "code": code,
        "title": typed.one("title") if typed.fields else row.title if row else "",
        "about": typed.one("about") if typed.fields else row.about if row else "",
        "steps": [*steps, StepFields("", "", "", "", "sagsbehandler", "", False)][:MOST_STEPS],
        "activities": [(one.code, f"{one.code} {one.title}") for one in book.types.values()],
        "roles": list(ROLES.items()),
        "letters": [(one.code, one.row.title) for one in visit.product.letters],
        "preview": _preview(preview, visit) if preview else (),
        "versions": [
            (
                one.version,
                danish.moment_text(one.saved_at),
                "egen udgave" if one.own else "fra fil",
                one.in_use,
            )
            for one in versions
        ],
        "has_own": any(one.in_use for one in versions),
        "from_file": code in book.rows,
        "is_new": row is None,
        "said": said,
    }
    title = f"Planen {code}"
    return visit.form(Page("administration/plan_edit.html", title, values=values), typed)


def _preview(plan: Plan, visit: Visit) -> Sequence[Preview]:
    today = danish.danish_day(visit.now)
    rules = visit.product.store.rules

    def when(number: int) -> str:
        step = plan.steps[number]
        if step.frist:
            rule = rules.newest(step.frist)
            return f"lovens frist: {rule.title if rule else step.frist}"
        due = plan.due(step, visit.now)
        if due is not None:
            return danish.unbroken(danish.list_date(danish.danish_day(due), today))
        return f"når {plan.by_key[step.follows].title} er færdig" if step.follows else "uden dato"

    return [
        Preview(step.title, when(number), ROLES[step.role])
        for number, step in enumerate(plan.steps)
    ]


def _typed_steps(sent: Sent) -> list[StepFields]:
    found = []
    for number in range(MOST_STEPS):
        one = {
            name: sent.one(f"trin-{number}-{name}")
            for name in ("key", "aktivitet", "titel", "naar", "ansvar", "brev", "valgfri")
        }
        if one["aktivitet"]:
            found.append(
                StepFields(
                    one["key"], one["aktivitet"], one["titel"], one["naar"], one["ansvar"],
                    one["brev"], bool(one["valgfri"]),
                )
            )  # fmt: skip
    return found


def _row(visit: Visit, code: str) -> PlanRow | None:
    with visit.reading() as connection:
        return plan_versions.row_in_use(connection, visit.product.store.plans, code)


def _code(text: str) -> str:
    """Return the code of an address.

    :raises NotYours: no plan can have it.
    """
    if not re.fullmatch(r"[A-ZÆØÅ][A-ZÆØÅ0-9-]{1,15}", text):
        raise NotYours
    return text


def _sorting(code: str) -> tuple[str, int, str]:
    found = re.fullmatch(r"([A-ZÆØÅ-]+)(\d*)(.*)", code)
    return (found[1], int(found[2] or 0), found[3]) if found else (code, 0, "")
