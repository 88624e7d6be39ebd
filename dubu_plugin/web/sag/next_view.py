"""»Næste«: the one duty a case is waiting for, and what belongs with it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import end_of_day, start_of_day
from dubu_plugin.domain.forloeb import Reached, Stage, State
from dubu_plugin.frister.rule import LINES, Severity
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.urgency import far_from, today_until
from dubu_plugin.store.min_dag.day_heads import SOON
from dubu_plugin.store.sag.sag_panel import OpenStep
from dubu_plugin.web.min_dag.duty_places import ANSWER, TELL, duty_place, tell_url

CAN_WAIT: Final = 2
"""From which of `_place`'s ranks a duty stands behind what comes next in the course."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step of what is next."""

    title: str
    done: bool
    times: int = 1
    """How many of the same have been done."""
    by: str = ""
    """The day it is to be done by, where it has one."""


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do."""

    title: str
    by: str
    away: str
    section: str
    duty: str
    mark: tuple[str, str, str] | None
    steps: Sequence[NextStep]
    """What is still to be done."""
    behind: Sequence[NextStep]
    """What is done, the same told once."""
    done: int
    far: str
    """How many more there are that nobody need look at yet, in words; empty where there are none.
    """
    url: str | None
    button: str
    also: tuple[str, str] | None = None
    """Another way to see to it: where, and what leads there."""


def next_step(
    product: Product,
    steps: Sequence[OpenStep],
    now: datetime,
    sag: UUID | None = None,
    *,
    disability: bool = False,
    course: Mapping[Stage, Reached] | None = None,
) -> Next | None:
    """Return the most urgent duty, with the others on the same underretning as its steps.

    :param sag: the case; where the duty is done on it, that is where the button leads.
    :param disability: it is about a child with a disability.
    :param course: how far an open case has got; where no duty is soon and its undersøgelse has led
        to nothing yet, that is what comes next.

    What the law gives no date is to be done now: no date that can wait stands before it. What is
    far away is counted, and stands under all deadlines.
    """
    rules = product.store.rules
    left = [step for step in steps if step.state == "aaben"]
    first = min(left, key=lambda step: _place(step, rules, now), default=None)
    waits = first is None or _place(first, rules, now)[0] >= CAN_WAIT
    if course and sag and waits and _leads_nowhere_yet(course):
        return _to_decide(sag, len(left))
    if first is None:
        return None
    rule = rules.version(first.rule, first.version) or rules.newest(first.rule)
    here = [step for step in steps if step.underretning == first.underretning]
    far = [step for step in here if step is not first and _is_far(step, now)]
    together = [step for step in here if step not in far]
    titles = [
        NextStep(
            found.title if found else step.rule,
            step.state != "aaben",
            by="" if step is first else _day_of(step.due, now),
        )
        for step in together
        for found in (rules.version(step.rule, step.version) or rules.newest(step.rule),)
    ]
    behind = Counter(step.title for step in titles if step.done)
    title = rule.title if rule else first.rule
    place = duty_place(first.rule, disability=disability) if sag else None
    return Next(
        title=title[0].lower() + title[1:],
        by=_by(first.due),
        away=_away(first.due, now),
        section=rule.section if rule else "",
        duty=rule.duty if rule else "",
        mark=_urgency(first.due, now),
        steps=[step for step in titles if not step.done],
        behind=[NextStep(title, True, times) for title, times in behind.items()],
        done=behind.total(),
        far=f"{danish.counted(len(far), 'frist', 'frister')} langt ude" if far else "",
        url=(place.url(sag) if place and sag else "")
        or (f"/dubu/indgang/{first.underretning}" if first.underretning else None),
        button=place.button
        if place
        else "Åbn vurderingen"
        if first.rule == "UND-24T"
        else "Åbn underretningen",
        also=next(
            (
                (tell_url(step.underretning), TELL)
                for step in together
                if step.rule == ANSWER and step.state == "aaben" and step.underretning
            ),
            None,
        ),
    )


def _leads_nowhere_yet(course: Mapping[Stage, Reached]) -> bool:
    """Tell whether an undersøgelse is finished, and neither a decision nor help has begun."""
    return course[Stage.UNDERSOEGELSE].state is State.FAERDIG and all(
        course[stage].state is State.KOMMER for stage in (Stage.AFGOERELSE, Stage.INDSATS)
    )


def _to_decide(sag: UUID, waiting: int) -> Next:
    """Return what comes after an undersøgelse.

    :param waiting: how many deadlines the case has, none of them soon.
    """
    return Next(
        title="partshøring og afgørelse",
        by="",
        away="",
        section="§§ 32, 46 og 47",
        duty="Undersøgelsen er færdig. Forbered den afgørelse, den fører til. Fører den ikke til "
        "nogen, så afslut sagen.",
        mark=None,
        steps=(),
        behind=(),
        done=0,
        far=f"{danish.counted(waiting, 'frist', 'frister')} langt ude" if waiting else "",
        url=f"/dubu/sag/{sag}/afgoerelser",
        button="Forbered en afgørelse",
    )


def _day_of(due: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    day = danish.list_date(danish.danish_day(due), danish.danish_day(now))
    return danish.unbroken(f"senest {day}")


def _place(step: OpenStep, rules: RuleBook, now: datetime) -> tuple[int, float]:
    """Return where an open deadline stands among those of its case: what is soon, what has no
    date, and what can wait. What is about danger and has no date is due now."""
    if step.due is None:
        rule = rules.version(step.rule, step.version) or rules.newest(step.rule)
        if rule is not None and rule.severity is Severity.AKUT and rule.kind in LINES:
            return (0, now.timestamp())
        return (1 if rule is None or rule.kind in LINES else 3, 0)
    return (0 if step.due <= today_until(now + SOON) else 2, step.due.timestamp())


def _is_far(step: OpenStep, now: datetime) -> bool:
    return step.state == "aaben" and step.due is not None and step.due > far_from(now)


def _by(due: datetime | None) -> str:
    if due is None:
        return ""
    day = danish.danish_day(due)
    whole_day = due in (start_of_day(day), end_of_day(day))
    clock = "" if whole_day else f" {danish.clock(due)}"
    return danish.unbroken(f"Senest {danish.weekday_date(day)}{clock}")


def _away(due: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    return (
        f"({danish.unbroken(danish.relative_day(danish.danish_day(due), danish.danish_day(now)))})"
    )


def _urgency(due: datetime | None, now: datetime) -> tuple[str, str, str] | None:
    if due is None:
        return None
    if due < now:
        return "Overskredet", "overdue", "error"
    if due <= today_until(now):
        return "I dag", "soon", "time"
    return ("Snart", "soon", "calendar-month") if due - now <= SOON else None
