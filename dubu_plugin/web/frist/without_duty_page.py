"""The cases that have not one duty standing, so that somebody looks at each."""

from datetime import datetime
from typing import Annotated, Any, Final

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Asker, Role
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.overholdelse.without_duty import (
    MOST,
    WithoutDuty,
    number_without,
    without_duty,
)
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.naming import child_title

router = APIRouter()

URL: Final = "/dubu/sager/uden-frist"


@router.get(URL)
def cases_without_duty(
    visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="sager-uden-frist"))],
) -> Response:
    """Show them: one's own, a leader's whole team's."""
    with visit.reading() as connection:
        found = without_duty(connection, visit.asker, visit.product.store.rules, visit.now)
    values = {
        "rows": [_row(visit, one) for one in found],
        "leader": Role.TEAM_LEADER in visit.asker.roles,
        "full": len(found) == MOST,
    }
    return visit.page(Page("frist/uden_frist.html", "Sager uden frist", values=values))


def how_many(connection: sa.Connection, book: RuleBook, who: Asker, now: datetime) -> str:
    """Return how many cases nobody of a leader's is reminded of, in words; empty for none, and for
    who leads nobody."""
    if Role.TEAM_LEADER not in who.roles:
        return ""
    number = number_without(connection, who, book, now)
    if number > MOST:
        return f"Over {MOST} sager"
    return danish.counted(number, "sag", "sager") if number else ""


def _row(visit: Visit, one: WithoutDuty) -> dict[str, Any]:
    return {
        "child": child_title(one.child_name, None),
        "opened": danish.unbroken(danish.list_moment(one.opened_at, visit.now)),
        "responsible": one.responsible or "Ingen endnu",
        "url": f"/dubu/sag/{one.sag}",
    }
