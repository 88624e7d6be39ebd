"""The start of a plan: those of the case, and the needs a new one can begin with."""

from collections.abc import Sequence

from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.gates.content import YOUNG
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.domain.maal import PARENTS, PLANS
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.plan.needs import needs_of_sag
from dubu_plugin.store.plan.shared import shared_with
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.usecases.plan.for_parents import is_for_parents
from dubu_plugin.usecases.plan.for_young import has_support, is_grown
from dubu_plugin.usecases.plan.in_force import is_replaced
from dubu_plugin.web.door import Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.naming import first_name
from dubu_plugin.web.plan.shared import shared_plans
from dubu_plugin.web.plan.view import ALL, need_line
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.skrift.lines import lines as skrift_lines

NOTHING = "Der kan ikke laves en plan her."
GROWN = (
    "Den unge er fyldt 18 år. Barnets plan er kun til børn (§ 91). Får den unge ungestøtte, så "
    "begynd med afgørelsen om den; så kan der laves en ungeplan (§ 108)."
)


def start(visit: Visit, sent: Sent) -> Response:
    """Draw it, with what was sent, or the draft of it."""
    today = danish.danish_day(visit.now)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        found = skrifter.of_sag(connection, visit.subject, *sorted(PLANS))
        needs = needs_of_sag(connection, visit.subject)
        may = visit.may(connection, Act.WRITE)
        grown = is_grown(head.born, today)
        parents = not grown and is_for_parents(connection, visit.subject)
        young = not grown or has_support(connection, visit.subject)
        shared = shared_with(connection, visit.asker, head.child, but=head.sag)
    age = age_on(head.born, today) if head.born else None
    replaced = is_replaced(found, head.born, today)
    kinds = [
        (kind, visit.product.forms.of(kind).title)
        for kind in SkriftKind
        if kind in PLANS
        and kind in visit.product.forms.forms
        and (parents if kind is PARENTS else _is_for(kind, age, young=young))
        and not (replaced and kind is SkriftKind.BARNETS_PLAN)
    ]
    chosen = _chosen([kind for kind, _ in kinds], age)
    values = {
        "url": ALL.format(sag=visit.subject),
        "case_url": f"/dubu/sag/{visit.subject}",
        "child": head.child_name,
        "first": first_name(head.child_name),
        "shared": shared_plans(shared),
        "lines": skrift_lines(found, visit.product.forms, visit.now),
        "needs": [(one, need_line(one, visit.product, visit.subject)) for one in needs],
        "kinds": kinds,
        "chosen": chosen,
        "law": "§§\u00a0108-109" if chosen is SkriftKind.UNGEPLAN else "§§\u00a091-92",
        # A child has one of a kind (§ 91, stk. 1): then it is a new version of it.
        "stands": any(one.kind == chosen and one.state is SkriftState.GODKENDT for one in found),
        "may_write": may and head.phase != CLOSED and bool(kinds),
        "why_not": GROWN if grown and not kinds else NOTHING,
        "ticked": set(sent.many("behov")) if sent.fields else {str(one.id) for one in needs},
        "typed": sent,
        "draft": draft_of_start(visit),
    }
    page = Page("plan/list.html", "Barnets plan", case=head.host_key, tab=TAB, values=values)
    return visit.form(page, sent)


def draft_of_start(visit: Visit) -> str:
    """Return the name of the draft of a plan that is not begun yet."""
    return f"planstart:{visit.subject}"


def _chosen(kinds: Sequence[SkriftKind], age: int | None) -> SkriftKind | None:
    """Return which plan is chosen beforehand: from sixteen the ungeplan (§ 108)."""
    if age is not None and age >= YOUNG and SkriftKind.UNGEPLAN in kinds:
        return SkriftKind.UNGEPLAN
    return next(iter(kinds), None)


def _is_for(kind: SkriftKind, age: int | None, *, young: bool) -> bool:
    """Tell whether a kind of plan is made for a child of an age; an ungeplan is prepared at 15.

    :param young: an ungeplan can be had at that age.
    """
    if kind is SkriftKind.UNGEPLAN:
        return young and age is not None and age >= YOUNG - 1
    return age is None or age < ADULT
