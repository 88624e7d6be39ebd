"""The cases that have not one duty standing, so that somebody looks at each."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Role
from dubu_plugin.store.without_duty import MOST, WithoutDuty, without_duty
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
        found = without_duty(connection, visit.asker)
    values = {
        "rows": [_row(visit, one) for one in found],
        "leader": Role.TEAM_LEADER in visit.asker.roles,
        "full": len(found) == MOST,
    }
    return visit.page(Page("uden_frist.html", "Sager uden frist", values=values))


def _row(visit: Visit, one: WithoutDuty) -> dict[str, Any]:
    return {
        "child": child_title(one.child_name, None),
        "opened": danish.unbroken(danish.list_moment(one.opened_at, visit.now)),
        "responsible": one.responsible or "Ingen endnu",
        "url": f"/dubu/sag/{one.sag}",
    }
