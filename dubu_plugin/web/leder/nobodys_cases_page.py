"""The cases nobody has, and giving them to colleagues."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import CASE_ROLES, Act, Asker, Role
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import staff
from dubu_plugin.store.min_dag.due_query import teams_of
from dubu_plugin.store.overholdelse import left_behind
from dubu_plugin.store.overholdelse.left_behind import NobodysCase
from dubu_plugin.store.unit_names import unit_titles
from dubu_plugin.usecases.sag.give_case import give_case
from dubu_plugin.usecases.underretning.hand_over import NobodyThere
from dubu_plugin.web.chosen_rows import NotAll, Rows
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.keys import key_in
from dubu_plugin.web.naming import child_title

router = APIRouter()

URL: Final = "/dubu/sager/ingen-har"
CASES: Final = Rows(
    "sag", "Vælg de sager, kollegaen skal have.", "sag", "sager", "{rows} er givet videre."
)


@router.get(URL)
def nobodys_cases(
    visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="sager-ingen-har"))], givet: str = ""
) -> Response:
    """Show those of somebody's unit, a leader's whole team's."""
    return _drawn(visit, said=CASES.said(givet))


@router.post(URL)
def give(
    visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="sager-ingen-har"))], sent: Form
) -> Response:
    """Give the chosen cases to one colleague, each as its own act."""

    def to_colleague(sag: UUID) -> None:
        give_case(sag, sent.one("til"), **visit.means)

    try:
        number = CASES.each(sent, key_in, to_colleague)
    except CaseworkError as no:
        at = "til" if isinstance(no, NobodyThere) else CASES.name
        return _drawn(visit, sent.refused(no, at=at), part=isinstance(no, NotAll))
    return RedirectResponse(f"{URL}?givet={number}", status_code=303)


def nobodys_words(connection: sa.Connection, who: Asker) -> str:
    """Return how many cases of a leader's nobody has, in words; empty for none, and for who leads
    nobody."""
    if Role.TEAM_LEADER not in who.roles:
        return ""
    number = left_behind.number_of_nobodys(connection, who)
    if number > left_behind.MOST:
        return f"Over {left_behind.MOST} sager"
    return danish.counted(number, "sag", "sager") if number else ""


def _drawn(visit: Visit, typed: Sent = EMPTY, *, said: str = "", part: bool = False) -> Response:
    with visit.reading() as connection:
        found = left_behind.nobodys_cases(connection, visit.asker)
        units = unit_titles(connection)
        people = staff.colleagues_in(connection, teams_of(visit.asker))
    chosen = typed.many(CASES.name)
    values = {
        "rows": [_row(visit, one, units, chosen) for one in found],
        "full": len(found) == left_behind.MOST,
        "people": [(one.key, one.name) for one in people],
        "works": bool(CASE_ROLES & visit.asker.roles),
        "to": typed.one("til"),
        "said": said,
        "part": part,
        "url": URL,
    }
    return visit.form(Page("leder/ingen_har.html", "Sager, ingen har", values=values), typed)


def _row(
    visit: Visit, one: NobodysCase, units: Mapping[str, str], chosen: Sequence[str]
) -> dict[str, Any]:
    value = str(one.sag)
    opened = danish.unbroken(danish.list_moment(one.opened_at, visit.now))
    return {
        "value": value,
        "chosen": value in chosen,
        "child": child_title(one.child_name, None),
        "had": _had(one),
        "told": f"Åbnet {opened} · {units.get(one.unit or '', 'Uden enhed')}",
        "url": f"/dubu/sag/{one.sag}",
    }


def _had(one: NobodysCase) -> str:
    if not one.had_it:
        return "Ingen har haft den endnu"
    if one.works_again:
        return f"{one.had_it} havde den og arbejder med sager igen"
    return f"{one.had_it} havde den og arbejder ikke med sager mere"
