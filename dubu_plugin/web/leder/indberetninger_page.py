"""The reports the municipality owes the state, for those who see that they are made."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.egne import indberetninger
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.frist.tell_reported import tell_reported
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.min_dag.day_words import REPORTS_URL

router = APIRouter()

SAID: Final = "?gjort=ja"

Reporter = Annotated[Visit, Depends(Door(Act.REPORT, page="indberetninger"))]


@router.get(REPORTS_URL)
def show(visit: Reporter, gjort: str = "") -> Response:
    """Show the reports that are still to be made."""
    return _drawn(visit, said="Indberetningen er gjort." if gjort else "")


@router.post(REPORTS_URL)
def done(visit: Reporter, sent: Form) -> Response:
    """Keep that one was made."""
    try:
        tell_reported(_report(sent), **visit.means)
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no))
    return RedirectResponse(REPORTS_URL + SAID, 303)


def _report(sent: Sent) -> UUID:
    try:
        return UUID(sent.one("frist"))
    except ValueError:
        raise FieldRefused("", "Vælg den indberetning, der er gjort.") from None


def _drawn(visit: Visit, sent: Sent = EMPTY, *, said: str = "") -> Response:
    rules = visit.product.store.rules
    with visit.reading() as connection:
        found = indberetninger.standing(connection, visit.asker)
    rows: list[dict[str, Any]] = []
    for row in found:
        rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
        late = row.due is not None and row.due < visit.now
        rows.append(
            {
                "key": row.id,
                "title": rule.title if rule else row.rule,
                "duty": rule.duty if rule else "Reglen står ikke i nogen fil længere.",
                "law": law_words(rule.law) if rule else "",
                "due": danish.unbroken(danish.list_moment(row.due, visit.now)) if row.due else "",
                "late": late,
                # Made, it is the oldest period's; so only that one is ticked off.
                "first": row.rule not in {one["rule"] for one in rows},
                "rule": row.rule,
            }
        )
    values = {"reports": rows, "said": said}
    page = Page("leder/indberetninger.html", "Indberetninger", "/dubu/min-dag", values=values)
    return visit.form(page, sent)
