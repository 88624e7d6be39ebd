"""A unit's own plans, such as the leader's yearly supervision: which run, and laying one."""

from typing import Annotated, Any, Final

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.aktiviteter.plan import PlanSubject
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Role
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.aktivitet import plan_versions
from dubu_plugin.store.aktivitet.aktiviteter import RUNNING
from dubu_plugin.store.tables import aktivitetsplaner
from dubu_plugin.store.unit_names import unit_titles
from dubu_plugin.usecases.aktivitet.apply_plan import apply_to_unit
from dubu_plugin.web.aktivitet.view import plan_line
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent

router = APIRouter()

URL: Final = "/dubu/enhedens-planer"

Leader = Annotated[Visit, Depends(Door(Act.SEARCH, page="enhedens-planer"))]


@router.get(URL)
def show(visit: Leader, lagt: str = "") -> Response:
    """Show the plans of the units one leads."""
    return _drawn(visit, said="Planen er lagt på enheden." if lagt else "")


@router.post(URL)
def lay(visit: Leader, sent: Form) -> Response:
    """Lay one on a unit."""
    plan, unit = sent.one("plan"), sent.one("enhed")
    try:
        if not plan or not unit:
            raise FieldRefused("plan", "Vælg en plan og en enhed.")
        apply_to_unit(plan, unit, **visit.means)
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no, at="plan"))
    return RedirectResponse(f"{URL}?lagt=ja", status_code=303)


def _drawn(visit: Visit, sent: Sent = EMPTY, *, said: str = "") -> Response:
    who = visit.asker
    leads = Role.TEAM_LEADER in who.roles
    units = sorted({one for one in (who.unit, *who.units_below) if one}) if leads else []
    p = aktivitetsplaner
    with visit.reading() as connection:
        titles = unit_titles(connection)
        plans = plan_versions.in_use(connection, visit.product.store.plans).values()
        rows = connection.execute(
            sa.select(p)
            .where(RUNNING, p.c.unit.in_(units), p.c.sag_id.is_(None),
                   p.c.underretning_id.is_(None))
            .order_by(p.c.started_at)
        ).all()  # fmt: skip
    values: dict[str, Any] = {
        "url": URL,
        "rows": [
            (
                titles.get(row.unit, row.unit),
                plan_line(row.title, row.done, row.total, None, row.due),
                danish.unbroken(danish.list_moment(row.started_at, visit.now)),
            )
            for row in rows
        ],
        "plans": [(one.code, one.title) for one in plans if one.subject is PlanSubject.ENHED],
        "units": [(one, titles.get(one, one)) for one in units],
        "said": said,
    }
    return visit.form(Page("aktivitet/unit_plans.html", "Enhedens planer", values=values), sent)
