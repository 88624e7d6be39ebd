"""Begin a plan from the needs that are ticked, or put more goals on the one that is written in.

Source: barnets lov § 92, stk. 2: the plan begins with the chosen indsats and with what the
afdækning or undersøgelse found.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.maal import AENDRING, PARENTS, PLANS
from dubu_plugin.domain.skrift import (
    WHOLE,
    SkriftKind,
    SkriftState,
    cleaned,
    place_of_maal,
)
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.family import personer
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.needs import needs_of_sag
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import At, Written
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.plan.for_young import insist_on_age
from dubu_plugin.usecases.plan.in_force import insist_in_force
from dubu_plugin.usecases.plan.next_look import look_anew, next_follow_up
from dubu_plugin.usecases.skrift.begin import anew, begun
from dubu_plugin.usecases.skrift.on_skrift import Skriver, on_sag

FIRST_LOOK: Final = 3
"""In months: the first opfølgning comes at the latest so long after the indsats begins (§ 95)."""

FROM_DECISION: Final = ("formaal", "varighed")
"""What the decision has said already (§ 32, stk. 3, §§ 46 and 47)."""


class NoGoal(CaseworkError):
    """A plan without a goal is none (§ 92)."""

    danish = "Vælg mindst ét behov, eller skriv et mål selv. En plan har konkrete mål (§ 92)."
    field = "eget"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A goal that is to be there."""

    need: UUID | None
    """The need it answers; None for one that comes from somebody's wish."""
    text: str = field(repr=False)
    """The change for the child."""


def begin_plan(
    sag: UUID,
    kind: SkriftKind,
    wanted: Sequence[Wanted],
    *,
    product: Skriver,
    asker: Asker,
    now: datetime,
) -> Skrift:
    """Return the plan of this kind that is written in on the case, with a goal for each wanted.

    A child has one of a kind (§ 91, stk. 1): where one stands, it is a new version of that. A
    need the plan has a goal for already gets no second one.

    :raises NoGoal: nothing is wanted.
    :raises GrownUp: from eighteen, see `dubu_plugin.usecases.plan.for_young`.
    :raises HasUngeplan: it is a barnets plan, and an ungeplan is in place of it.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, there is no such case, or the need is not one of its.
    """
    goals = [Wanted(one.need, text) for one in wanted if (text := cleaned(one.text))]
    if kind not in PLANS or kind not in product.forms.forms:
        raise NotYours
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        there = skrifter.of_sag(work.connection, sag, *PLANS)
        child = personer.by_id(work.connection, ours.child_id)
        born, today = child.born if child else None, danish_day(now)
        insist_on_age(work.connection, sag, kind, born, today)
        if kind is SkriftKind.BARNETS_PLAN:
            insist_in_force(there, born, today)
        stands = next(
            (
                one
                for one in there
                if one.kind is kind and (one.is_open or one.state is SkriftState.GODKENDT)
            ),
            None,
        )
        plan = anew(work, ours, stands) if stands else begun(work, ours, kind, product=product)
        _carry_goals(work, plan)
        if kind is not PARENTS:
            _prefill(work, ours, plan)
        put(work, ours, plan, goals)
        said = tekster.read(work.connection, plan.id, plan.version)
        if not maal.of_skrift(work.connection, plan.id, said):
            raise NoGoal
        return plan


def put(work: Work, sag: Sag, plan: Skrift, wanted: Sequence[Wanted]) -> None:
    """Put goals on a plan, in a transaction that is open.

    :raises NotYours: a need is not one of the case's.
    """
    said = tekster.read(work.connection, plan.id, plan.version)
    answered = {one.behov for one in maal.of_skrift(work.connection, plan.id, said)}
    known = {one.id: one for one in needs_of_sag(work.connection, sag.id)}
    look = _first_look(work, sag)
    for one in wanted:
        if one.need is not None and one.need not in known:
            raise NotYours
        if one.need is not None and one.need in answered:
            continue
        number = maal.add(
            work.connection, plan.id, sag.child_id, need=one.need,
            dimension=known[one.need].dimension if one.need else None,
            looked_at_on=look,
        )  # fmt: skip
        written = {(place_of_maal(number), AENDRING): Written(cleaned(one.text), 0)}
        tekster.write(work.connection, plan.id, plan.version, written, by=work.actor, now=work.now)


def _first_look(work: Work, sag: Sag) -> date:
    """Return the day a new goal is looked at: three months from today, or the day the follow-up of
    an indsats that runs is due, where that comes first."""
    following = next_follow_up(work, sag.id)
    latest = months_on(danish_day(work.now), FIRST_LOOK)
    return min(latest, following) if following else latest


def _carry_goals(work: Work, plan: Skrift) -> None:
    """Carry the goals of the plan it grew from over, each pointing back (§ 109, stk. 3)."""
    source = skrifter.by_id(work.connection, plan.grown_from) if plan.grown_from else None
    if source is None or source.kind not in PLANS:
        return
    said = tekster.read(work.connection, plan.id, plan.version)
    if maal.ever_of(work.connection, plan.id, said):
        return
    before = tekster.read(work.connection, source.id, source.version)
    ats: dict[At, At] = {}
    for one in maal.of_skrift(work.connection, source.id, before):
        number = maal.add(
            work.connection, plan.id, one.person, need=one.behov, dimension=one.dimension,
            aim=one.aim, same_as=one.id, looked_at_on=one.looked_at_on,
        )  # fmt: skip
        ats |= {(one.place, name): (place_of_maal(number), name) for name in one.said}
    tekster.copy(
        work.connection, source.id, source.version, plan.id, ats, by=work.actor, now=work.now
    )
    look_anew(work, plan.sag, plan.id, until=danish_day(work.now) - timedelta(days=1))


def _prefill(work: Work, sag: Sag, plan: Skrift) -> None:
    """Write what the newest decision says of purpose and duration, where nothing is said."""
    standing = afgoerelser.in_force(work.connection, sag.id)
    there = tekster.read(work.connection, plan.id, plan.version, places={WHOLE})
    for decision in standing:
        found = tekster.read(work.connection, decision.id, 1, places={WHOLE})
        written = {
            (WHOLE, name): Written(found[WHOLE, name].text, 0)
            for name in FROM_DECISION
            if (WHOLE, name) in found
            and found[WHOLE, name].text
            and not ((WHOLE, name) in there and there[WHOLE, name].text)
        }
        if written:
            tekster.write(
                work.connection, plan.id, plan.version, written, by=work.actor, now=work.now
            )
            return
