"""Plans and reminders in words: one line with progress, and the steps behind it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from dubu_plugin.aktiviteter.plan import Ansvar
from dubu_plugin.aktiviteter.states import PlanState, StepState
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.store.aktivitet.aktiviteter import CasePlan
from dubu_plugin.store.aktivitet.plan_lines import CaseLine
from dubu_plugin.store.aktivitet.plan_steps import Step
from dubu_plugin.store.min_dag.erindringer import Erindring
from dubu_plugin.web.naming import source_words

ROLES: Final[Mapping[str, str]] = {
    Ansvar.SAGSBEHANDLER: "sagsbehandler",
    Ansvar.LEDER: "leder",
    Ansvar.MODTAGELSE: "modtagelsen",
    Ansvar.OEKONOMI: "økonomi",
}

ENDS: Final[Mapping[str, str]] = {
    PlanState.FAERDIG: "færdig",
    PlanState.BORTFALDET: "faldet bort",
    PlanState.AFLOEST: "afløst af en anden plan",
}


NEAR: Final = timedelta(days=14)
FEW: Final = 3
"""What is due so soon is shown, and at least so many steps."""
WAITING: Final = (StepState.AABEN, StepState.FRAVALGT)


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step as the page shows it."""

    id: UUID
    title: str
    detail: str
    symbol: str
    symbol_text: str
    is_open: bool
    mine: bool
    """A person may tick it off, move or decline it; else a hændelse does it."""
    late: bool
    declined: bool
    noting: Sequence[tuple[str, str]] = ()
    """What it can be noted as, and where; else it is ticked off here, or by something else."""


@dataclass(frozen=True, slots=True)
class PlanWords:
    """A plan as the page shows it."""

    id: UUID
    line: str
    running: bool
    done: int
    total: int
    steps: Sequence[StepWords]
    """What is next."""
    ended: Sequence[StepWords]
    """What is done, declined or lapsed."""
    later: Sequence[StepWords]
    """What comes after what is next."""


@dataclass(frozen=True, slots=True)
class ErindringWords:
    """A reminder as the page shows it."""

    id: UUID
    note: str = field(repr=False)
    detail: str = field(repr=False)
    late: bool
    url: str | None


def plan_line(
    title: str, done: int, total: int, next_title: str | None, due: datetime | None
) -> str:
    """Return ``Underretning: 3 af 7 · næste: Screening, 12. maj 2026``."""
    said = f"{title}: {done} af {total}"
    if next_title is not None:
        said += f" · næste: {next_title}"
        if due is not None:
            said += f", {danish.long_date(danish.danish_day(due))}"
    return danish.unbroken(said)


def running_lines(plans: Sequence[CaseLine], now: datetime) -> Sequence[str]:
    """Return the running plans of a case, a line each.

    Plans of the same title are told apart by what began them and when; those that are alike in
    that too are one line.
    """
    titles = Counter(plan.title for plan in plans)
    said = Counter(
        plan_line(plan.title, plan.done, plan.total, plan.next_title, plan.next_due)
        + (f" · {_began(plan, now)}" if titles[plan.title] > 1 else "")
        for plan in plans
    )
    return [f"{line} · {count} ens" if count > 1 else line for line, count in said.items()]


def _began(plan: CaseLine, now: datetime) -> str:
    if plan.received_at is None:
        return danish.unbroken(f"begyndt {danish.list_moment(plan.started_at, now)}")
    said = source_words(plan.underretter)
    came = danish.list_moment(plan.received_at, now)
    return danish.unbroken(f"{said[0].lower()}{said[1:]}, modtaget {came}")


def plan_words(
    plan: CasePlan,
    letters: Mapping[str, str],
    laws: Mapping[str, str],
    now: datetime,
    noting: Mapping[UUID, Sequence[tuple[str, str]]],
    *,
    alone: bool = True,
) -> PlanWords:
    """Return a plan in words.

    :param alone: no other plan shown has the same title; else the day it began is said.
    :param noting: what a step that is done by being noted can be noted as, and where.
    :param letters: what our letters are called, by their codes.
    :param laws: where the duty of an activity stands, by its code.
    """
    running = plan.state is PlanState.I_GANG
    first = next((step for step in plan.steps if step.id == plan.next_id), None)
    line = (
        plan_line(
            plan.title,
            plan.done,
            plan.total,
            None if first is None else first.title,
            None if first is None else first.due,
        )
        if running
        else f"{plan.title}: {ENDS[plan.state]}"
    )
    if not alone:
        line += danish.unbroken(f" · begyndt {danish.list_moment(plan.started_at, now)}")
    return PlanWords(
        plan.id,
        line,
        running,
        plan.done,
        plan.total,
        **_folded(
            plan,
            {
                step.id: _step(step, letters, laws, now, noting, running=running)
                for step in plan.steps
            },
            now,
        ),
    )


def _folded(
    plan: CasePlan, words: Mapping[UUID, StepWords], now: datetime
) -> dict[str, Sequence[StepWords]]:
    """Part the steps into what is next and what is folded away: what ended, what comes later."""
    left = [step for step in plan.steps if step.is_open]
    near = {step.id for step in left if step.due is not None and step.due < now + NEAR}
    if plan.next_id is not None:
        near.add(plan.next_id)
    more = [step.id for step in left if step.id not in near]
    near.update(more[: max(0, FEW - len(near))])
    return {
        "steps": [words[step.id] for step in left if step.id in near],
        "ended": [words[step.id] for step in plan.steps if not step.is_open],
        "later": [words[step.id] for step in left if step.id not in near],
    }


def _step(
    step: Step,
    letters: Mapping[str, str],
    laws: Mapping[str, str],
    now: datetime,
    noting: Mapping[UUID, Sequence[tuple[str, str]]],
    *,
    running: bool,
) -> StepWords:
    symbol, said = {
        StepState.AABEN: ("time", "Mangler"),
        StepState.UDFOERT: ("check", "Færdig"),
        StepState.FRAVALGT: ("error", "Fravalgt"),
        StepState.BORTFALDET: ("error", "Faldet bort"),
    }[step.state]
    return StepWords(
        step.id,
        step.title,
        danish.unbroken(" · ".join(_details(step, letters, laws, now))),
        symbol,
        said,
        step.is_open,
        mine=running and step.is_open and not step.frist,
        late=step.is_open and step.due is not None and step.due < now,
        declined=running and step.state is StepState.FRAVALGT,
        noting=noting.get(step.id, ()) if step.state in WAITING else (),
    )


def _details(
    step: Step, letters: Mapping[str, str], laws: Mapping[str, str], now: datetime
) -> Sequence[str]:
    today = danish.danish_day(now)
    details = []
    if step.is_open and step.due is not None:
        day = danish.list_date(danish.danish_day(step.due), today)
        details.append(f"lovens frist {day}" if step.frist else f"senest {day}")
    if step.state is StepState.UDFOERT and step.ended_at is not None:
        details.append(danish.list_date(danish.danish_day(step.ended_at), today))
    if step.state is StepState.FRAVALGT:
        details.append(f"fravalgt: {step.reason}")
    if step.is_open and step.role != Ansvar.SAGSBEHANDLER:
        details.append(ROLES.get(step.role, step.role))
    if step.is_open and step.letter:
        details.append(f"brev: {letters.get(step.letter, step.letter)}")
    if step.lovpligtig:
        details.append(f"lovpligtig, {laws.get(step.activity, '')}".rstrip(", "))
    elif step.optional and step.is_open:
        details.append("kan udelades")
    return details


def erindring_words(
    one: Erindring, who: Asker, now: datetime, *, on_case: bool = False
) -> ErindringWords:
    """Return a reminder in words.

    :param on_case: it stands on the page of its case, which need not be named again.
    """
    today = danish.danish_day(now)
    details = [danish.relative_day(one.day, today), danish.weekday_date(one.day)]
    if one.whom.employee != who.key:
        details.append(f"til {one.whom_name}")
    if one.set_by != who.key and one.set_by_name:
        details.append(f"fra {one.set_by_name}")
    if one.sag is not None and not on_case and one.child_name:
        details.append(one.child_name)
    url = f"/dubu/sag/{one.sag}" if one.sag is not None and not on_case else None
    said = danish.unbroken(" · ".join(details))
    return ErindringWords(one.id, one.note, said, one.day < today, url)
