"""What was missed and nobody has said why, and the reason given for several at once."""

import re
from collections.abc import Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Role
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.overholdelse import missed
from dubu_plugin.store.overholdelse.missed import Missed
from dubu_plugin.usecases.frist.give_reason import give_reason
from dubu_plugin.usecases.frist.standing import LONGEST, Place
from dubu_plugin.web.chosen_rows import NotAll, Rows
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.naming import child_title

router = APIRouter()

URL: Final = "/dubu/frister/uden-grund"
MISSED: Final = Rows(
    "frist", "Vælg de frister, grunden gælder.", "frist", "frister", "Grunden er skrevet på {rows}."
)
NUMBER: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
CHOSEN: Final = re.compile(rf"(sag|underretning):({NUMBER}):({NUMBER})")


@router.get(URL)
def unexplained(
    visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="frister-uden-grund"))],
    gemt: str = "",
    side: int = 1,
) -> Response:
    """Show them: one's own, a leader's whole team's."""
    return _drawn(visit, said=MISSED.said(gemt), page=max(1, side))


@router.post(URL)
def explain(
    visit: Annotated[Visit, Depends(Door(Act.WRITE, page="frister-uden-grund"))], sent: Form
) -> Response:
    """Keep one reason for those that were chosen, each as its own act."""

    def why(one: tuple[Place, UUID]) -> None:
        place, frist = one
        give_reason(frist, place, sent.one("grund"), **visit.means)

    try:
        number = MISSED.each(sent, _chosen, why)
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no), part=isinstance(no, NotAll))
    return RedirectResponse(f"{URL}?gemt={number}", status_code=303)


def _chosen(value: str) -> tuple[Place, UUID]:
    found = CHOSEN.fullmatch(value)
    if found is None:
        raise NotYours
    kind, subject, frist = found.groups()
    return Place("sag" if kind == "sag" else "underretning", UUID(subject)), UUID(frist)


def _drawn(
    visit: Visit, typed: Sent = EMPTY, *, said: str = "", page: int = 1, part: bool = False
) -> Response:
    if re.fullmatch(r"[1-9][0-9]?", typed.one("side")):
        page = int(typed.one("side"))
    with visit.reading() as connection:
        found, in_all = missed.unexplained(connection, visit.asker, page)
        if not found and page > 1:  # what was there has its reason by now
            page = 1
            found, in_all = missed.unexplained(connection, visit.asker)
    chosen = typed.many(MISSED.name)
    values = {
        "rows": [_row(visit, one, chosen) for one in found],
        "leader": Role.TEAM_LEADER in visit.asker.roles,
        "in_all": in_all,
        "number": page,
        "pages": -(-in_all // missed.PER_PAGE),
        "url": f"{URL}?",
        "longest": LONGEST,
        "reason": typed.one("grund"),
        "said": said,
        "part": part,
    }
    return visit.form(Page("frist/uden_grund.html", "Overskredet uden grund", values=values), typed)


def _row(visit: Visit, one: Missed, chosen: Sequence[str]) -> dict[str, Any]:
    rules = visit.product.store.rules
    rule = rules.version(one.rule, one.version) or rules.newest(one.rule)
    kind, number = ("sag", one.sag) if one.sag else ("underretning", one.underretning)
    base = "/dubu/sag" if one.sag else "/dubu/indgang"
    value = f"{kind}:{number}:{one.id}"
    return {
        "value": value,
        "chosen": value in chosen,
        "title": rule.title if rule else one.rule,
        "child": child_title(one.child_name, None),
        "due": danish.unbroken(danish.list_moment(one.due, visit.now)),
        "met": one.met_at is not None,
        "responsible": one.responsible or "Ingen endnu",
        "url": f"{base}/{number}/frister",
    }
