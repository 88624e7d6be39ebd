"""Everything somebody's day holds, a line a child and bundle: deadlines, plans, own reminders.

What stands on a deadline's line already gets no line of its own: a plan joins the line of its child
and bundle, and a plan whose dates are all deadlines' adds nothing. Reminders on one child are one
line. Pages, the morning mail and the tests of the noise all read this.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.frister.urgency import Days, Group, far_from, group_of, today_until
from dubu_plugin.store.aktivitet.plan_lines import PlanLine, plan_lines
from dubu_plugin.store.min_dag import due_heads, due_near, fravaer
from dubu_plugin.store.min_dag.due_heads import Head, Scope
from dubu_plugin.store.min_dag.due_query import LEAST
from dubu_plugin.store.min_dag.erindringer import Erindring, own_lines

SOON: Final = timedelta(days=14)
SOON_OWN: Final = timedelta(days=3)
"""How long before its day what the law gives no date is soon."""

ORDER: Final = list(Group)

_values: Final = attrgetter(*(one.name for one in fields(Head)))


@dataclass(frozen=True, slots=True)
class DayHead(Head):
    """A line of any kind."""

    plan: PlanLine | None = None
    plan_first: bool = False
    """Its date is that of the plan's next step."""
    own: Sequence[Erindring] = ()
    whose_name: str = field(default="", repr=False)
    """The colleague who is away, where that is why it is here."""
    gathered: Sequence["DayHead"] = ()
    """What nobody in a unit has taken, where this is the one line for all of it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The lines a page of a scope is made of, and how many there are in their team besides."""

    heads: Sequence[DayHead]
    others: int = 0


def seen(connection: sa.Connection, who: Asker, days: Days, scope: Scope) -> Seen:
    """Return what a scope shows; of what is the team's alone, somebody's own has but the number."""
    if scope is Scope.TEAM:
        return Seen(heads(connection, who, days))
    away = fravaer.covered_by(connection, who, danish_day(days.now))
    plans = plan_lines(connection, who)
    bundles = [plan.bundle for plan in plans]
    near = due_near.near(connection, who, days, away=away, bundles=bundles)
    return Seen(_day(connection, who, days, near.heads, plans, away), near.others)


def heads(connection: sa.Connection, who: Asker, days: Days) -> Sequence[DayHead]:
    """Return every line of somebody's day and their team's, the most urgent first."""
    away = fravaer.covered_by(connection, who, danish_day(days.now))
    found = due_heads.heads(connection, who, days, away=away)
    return _day(connection, who, days, found, plan_lines(connection, who), away)


def _day(
    connection: sa.Connection,
    who: Asker,
    days: Days,
    found: Iterable[Head],
    plans: Iterable[PlanLine],
    away: Mapping[str, str],
) -> Sequence[DayHead]:
    """Return the lines, as little of each as counts.

    :param away: the names of the colleagues somebody stands in for today.
    """
    law = {head.bundle: _of(head, away.get(head.responsible or "", "")) for head in found}
    joined = [
        # A plan that nobody has is there because it is of the asker's own unit.
        replace(head, unit=head.unit or who.unit or "") if head.untaken else head
        for head in _with_plans(law, plans, days)
    ]
    reminders = own_lines(connection, who, until=danish_day(days.now) + SOON)
    return due_heads.in_order([*joined, *_own(reminders, days)])


def house_group(due: datetime | None, days: Days) -> Group:
    """Return how urgent a date is that is the house's own, or a person's.

    Only the law's dates can be overdue: what the house wanted yesterday is to be done today. What
    has no date can wait.
    """
    if due is None:
        return Group.SENERE
    own = Days(days.now, days.end_of_today, today_until(days.now + SOON_OWN))
    group = group_of(due, None, own)
    return Group.I_DAG if group is Group.OVERSKREDET else group


def _of(head: Head, away: str) -> DayHead:
    """:param away: the name of the colleague who has it, where they are away."""
    same = DayHead(*_values(head))
    if not away or not head.is_urgent or (head.mine and not head.untaken):
        return same
    return replace(same, mine=True, untaken=False, whose_name=away)


def _with_plans(
    law: dict[str, DayHead], plans: Iterable[PlanLine], days: Days
) -> Sequence[DayHead]:
    """Join each plan to the line of its child and bundle, or give it one where it needs one."""
    found = dict(law)
    for plan in plans:
        there = found.get(plan.bundle)
        if there is None or not there.mine:
            if plan.adds_line and there is None:
                found[plan.bundle] = _plan(plan, days)
        elif there.plan is None:
            found[plan.bundle] = _joined(there, plan, days)
    return list(found.values())


def _plan(plan: PlanLine, days: Days) -> DayHead:
    """Return a plan's own line."""
    return DayHead(
        bundle=plan.bundle,
        group=house_group(plan.due, days),
        due=plan.due,
        mine=True,
        team=False,
        undated=plan.due is None,
        assess=False,
        law=False,
        plan=plan,
        plan_first=True,
        far=plan.due is not None and plan.due > far_from(days.now),
        untaken=plan.responsible is None,
    )


def _joined(head: DayHead, plan: PlanLine, days: Days) -> DayHead:
    """Let a plan be on a deadline's line.

    The law's date stands on it, unless that can wait and the plan's next step cannot.
    """
    group = house_group(plan.due, days)
    waits = head.group is Group.SENERE or head.due is None
    # Nobody looks yet at what is far away, so a step of the plan's own takes the line over.
    takes_over = head.far and plan.adds_line
    if not waits or (ORDER.index(group) >= ORDER.index(head.group) and not takes_over):
        return replace(head, plan=plan)
    return replace(
        head,
        far=plan.due is not None and plan.due > far_from(days.now),
        plan=plan,
        plan_first=True,
        due=plan.due,
        group=group,
        severity=LEAST,
        # A deadline can be put off; a step that has come cannot be lost with it.
        put_off=head.put_off and group is not Group.I_DAG,
    )


def _own(reminders: Iterable[Erindring], days: Days) -> Iterable[DayHead]:
    """Yield one line for the reminders on a child, and one for each that is on none."""
    found: dict[str, list[Erindring]] = {}
    for one in reminders:
        found.setdefault(f"egen:{one.child or one.sag or one.id}", []).append(one)
    for bundle, some in found.items():
        due = end_of_day(some[0].day)
        yield DayHead(
            bundle=bundle,
            group=house_group(due, days),
            due=due,
            mine=True,
            team=False,
            undated=False,
            assess=False,
            law=False,
            own=some,
        )
