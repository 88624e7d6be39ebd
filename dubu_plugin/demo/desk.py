"""What a made-up caseworker has noted on a case: waits, reasons, steps that are done, reminders."""

import random
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from dubu_plugin.aktiviteter.states import PlanState, StepState
from dubu_plugin.demo.answering import AWAITED, REASONS
from dubu_plugin.demo.plan import Course, Plan
from dubu_plugin.demo.workday import workday
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.aktivitet import plan_steps
from dubu_plugin.store.deadlines import waiting
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import Whom
from dubu_plugin.store.tables import aktiviteter, aktivitetsplaner, frister
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.frist.give_reason import keep_reason
from dubu_plugin.usecases.frist.standing import happened

WAITING: Final = 0.3
"""The share of running deadlines that can wait for an answer and do."""
EXPLAINED: Final = 0.6
"""The share of missed deadlines somebody has said why of."""
DONE: Final = 0.93
"""The share of a plan's steps that are done when their day has come."""
REMINDED: Final = 0.1
"""The share of open cases with a reminder of one's own."""

NOTES: Final = (
    "Ring til skolen om fraværet",
    "Spørg mor, om hun har fået tid hos lægen",
    "Send dagsorden til netværksmødet",
    "Aftal næste besøg med familien",
    "Følg op på ansøgningen om fritidspas",
    "Hør, om tolken er bestilt",
    "Læs statusrapporten før mødet",
)


def touched(work: Work, course: Course, plan: Plan, pick: random.Random) -> None:
    """Put on a case what its caseworker has noted on what runs."""
    work.actor = course.responsible.key
    _explained(work, course, plan, pick)
    _waiting(work, course, plan, pick)
    if pick.random() < REMINDED:
        _reminded(work, course, plan, pick)


def _explained(work: Work, course: Course, plan: Plan, pick: random.Random) -> None:
    missed = sa.select(frister).where(
        frister.c.sag_id == plan.uuid("sag", course.number), frister.c.exceeded_at.is_not(None)
    )
    for row in work.connection.execute(missed.order_by(frister.c.due, frister.c.rule)).all():
        if pick.random() < EXPLAINED:
            later = row.exceeded_at + timedelta(days=pick.uniform(0.5, 9))
            work.now = min(max(row.exceeded_at, workday(later, pick)), plan.now)
            keep_reason(work, row, pick.choice(REASONS))


def _waiting(work: Work, course: Course, plan: Plan, pick: random.Random) -> None:
    running = sa.select(frister).where(
        frister.c.sag_id == plan.uuid("sag", course.number),
        frister.c.state == "aaben",
        frister.c.rule.in_(sorted(AWAITED)),
    )
    for row in work.connection.execute(running.order_by(frister.c.due, frister.c.rule)).all():
        if pick.random() >= WAITING:
            continue
        what, of = pick.choice(AWAITED[row.rule])
        asked = workday(plan.now - timedelta(days=pick.uniform(3, 25)), pick)
        work.now = max(row.anchor_at, min(asked, plan.now))
        expected = danish_day(work.now) + timedelta(days=pick.choice((14, 14, 21, 28)))
        wait = waiting.add(
            work.connection, row.id, what,
            asked_of=of, asked_at=work.now, expected=expected, by=work.actor,
        )  # fmt: skip
        happened(work, Haendelse.FRIST_AFVENTER, row, hvad=what, vente_id=str(wait))


def stepped(work: Work, course: Course, plan: Plan, pick: random.Random) -> None:
    """Mark steps of its plans done, as `complete_step` does for a person."""
    a, p = aktiviteter, aktivitetsplaner
    here = p.c.sag_id == plan.uuid("sag", course.number)
    of_underretning = p.c.underretning_id.in_(
        [plan.uuid("underretning", one.number) for one in course.underretninger]
    )
    plans = work.connection.execute(
        sa.select(p.c.id, p.c.plan, p.c.started_at, p.c.underretning_id)
        .where(p.c.state == PlanState.I_GANG, sa.or_(here, of_underretning))
        .order_by(p.c.started_at, p.c.plan)
    ).all()
    for number, code, began, underretning in plans:
        for step in plan_steps.steps_of(work.connection, [number], [StepState.AABEN])[number]:
            own = step.frist is None and step.due is not None
            if not own or step.due is None or step.due > plan.now or pick.random() >= DONE:
                continue
            work.now = max(began, workday(step.due, pick))
            if work.now > plan.now:
                continue
            done = work.happened(
                Haendelse.AKTIVITET_UDFOERT,
                sag=plan.uuid("sag", course.number),
                underretning=underretning,
                person=plan.uuid("person", course.child.number),
                data={"plan": code, "aktivitet": str(step.id), "type": step.activity},
            )
            state = sa.select(a.c.state).where(a.c.id == step.id)
            if work.connection.scalar(state) == StepState.AABEN:
                plan_steps.mark_done(work.connection, step, at=work.now, by=done.id)
                plan_steps.recount(work.connection, [number], at=work.now, by=done.id)


def _reminded(work: Work, course: Course, plan: Plan, pick: random.Random) -> None:
    work.now = workday(plan.now - timedelta(days=pick.uniform(1, 20)), pick)
    work.now = max(work.now, course.opened_at)
    day = danish_day(plan.now) + timedelta(days=pick.choice((-1, 0, 1, 2, 4, 7, 10, 14, 21, 28)))
    day = max(day, danish_day(work.now))
    whom = Whom(employee=course.responsible.key)
    erindringer.add(work, pick.choice(NOTES), day, whom, plan.uuid("sag", course.number))
