"""The course of a case on the screen: the line of steps, and what each of them asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.forloeb import BESIDE, Reached, Stage, State
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Kind, Rule
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.sag.sag_panel import OpenStep
from dubu_plugin.store.sag.sager import CLOSED

WORDS: Final[Mapping[str, str]] = {
    "modtaget": "underretning modtaget",
    "ansoegt": "ansøgning modtaget",
    "vurderet": "underretning vurderet",
    "intet": "intet videre",
    "screening": "screening",
    "afdaekning": "afdækning",
    "boernefaglig_undersoegelse": "børnefaglig undersøgelse",
    "undersoegelse": "undersøgelse",
    "handicapudredning": "udredning",
    "akut": "akut indsats",
    "afgoerelse": "afgørelse",
    "plan": "barnets plan",
    "indsats": "indsats",
    "opfoelgning": "opfølgning",
}

ONLY_ONCE_BEGUN: Final = frozenset({Stage.OVERGANG, Stage.AFSLUTTET})
"""Steps that stand in the line when the case has come to them."""

DATED: Final = frozenset({Kind.FRIST, Kind.PLIGT})
"""The kinds of deadline a step must be done by; an age that ends it is no such date."""

STOPPED: Final = "Standset"
STOPPED_WHEN: Final = "Standset, da sagen blev lukket"
"""What is said of a step that was under way when the case was closed."""

LOOKS: Final = {State.FAERDIG: "done", State.I_GANG: "now", State.KOMMER: "ahead"}


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One step in the line."""

    name: str
    state: str
    """``done``, ``now``, ``ahead``, or ``stopped`` where the case was closed meanwhile."""
    when: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One step, with what it asks for and leads to."""

    code: str
    name: str
    law: str
    state: str
    said: str
    """How far it has got, in words."""
    requires: str
    produces: str
    then: str
    beside: bool


def course(
    reached: Mapping[Stage, Reached],
    open_steps: Sequence[OpenStep],
    rules: RuleBook,
    *,
    now: datetime,
    born: date | None,
    url: str,
    underretning: str | None,
) -> Sequence[CourseStep]:
    """Return the line: the steps, and what stands beside it and runs.

    :param born: when the child was; a duty of an age it has not reached dates no step.
    :param url: the case's address.
    :param underretning: the address of the newest underretning, or None.
    """
    due = _due(reached, open_steps, rules, born, now)
    closed = _closed(reached)
    found = []
    for here in reached.values():
        step = here.step
        beside = step in BESIDE
        if beside and (here.state is not State.I_GANG or (closed and _stops(here))):
            continue
        if (closed or step.stage in ONLY_ONCE_BEGUN) and here.state is State.KOMMER:
            continue
        stopped = closed and _stops(here)
        by = due.get(step.stage)
        when = STOPPED.lower() if stopped else _when(here, by, now)
        leads = f"{url}/forloeb#{step.stage}"
        if step.stage is Stage.UNDERRETNING and underretning:
            leads = underretning
        found.append(
            CourseStep(_name(here, by), "stopped" if stopped else LOOKS[here.state], when, leads)
        )
    return found


def rows(
    reached: Mapping[Stage, Reached],
    open_steps: Sequence[OpenStep],
    rules: RuleBook,
    *,
    now: datetime,
    born: date | None,
) -> Sequence[CourseRow]:
    """Return every step with what it requires, produces and leads to."""
    due = _due(reached, open_steps, rules, born, now)
    closed = _closed(reached)
    return [
        CourseRow(
            here.step.stage,
            _name(here, due.get(here.step.stage)),
            here.step.law,
            LOOKS[State.KOMMER if closed and _stops(here) else here.state],
            _said(here, due.get(here.step.stage), now, closed=closed),
            here.step.requires,
            here.step.produces,
            here.step.then,
            here.step in BESIDE,
        )
        for here in reached.values()
    ]


def noted(reached: Mapping[Stage, Reached], now: datetime) -> Mapping[str, str]:
    """Return what is said of each step where nothing of it is made here, by its code."""
    found = {}
    for stage, here in reached.items():
        day = "" if here.since is None else danish.unbroken(_day(here.since, now))
        match here.state:
            case State.FAERDIG:
                found[str(stage)] = f"Noteret færdig {day}"
            case State.I_GANG if _closed(reached) and _stops(here):
                found[str(stage)] = STOPPED_WHEN
            case State.I_GANG:
                found[str(stage)] = f"Noteret i gang fra {day}"
            case _:
                found[str(stage)] = "Ikke begyndt"
    return found


def step_words(step: str | None, phase: str | None = None) -> str:
    """Return where a case has got to, in words."""
    return "lukket" if phase == CLOSED else WORDS.get(step or "", "")


@dataclass(frozen=True, slots=True)
class _By:
    """A date a step must be done by, and what asks for it."""

    due: datetime
    rule: Rule


def _due(
    reached: Mapping[Stage, Reached],
    open_steps: Sequence[OpenStep],
    rules: RuleBook,
    born: date | None,
    now: datetime,
) -> Mapping[Stage, _By]:
    """Return the first date each step must be done by: that of a deadline its end meets.

    What the law asks for at an age that is not reached yet dates no step: what is under way now is
    something else.
    """
    age = age_on(born, danish.danish_day(now)) if born else 0
    found: dict[Stage, _By] = {}
    for one in open_steps:
        rule = rules.version(one.rule, one.version) if one.state == "aaben" else None
        if rule is None or one.due is None or rule.kind not in DATED:
            continue
        if rule.age is not None and age < rule.age:
            continue
        for step in (here.step for here in reached.values()):
            known = found.get(step.stage)
            if step.ends & set(rule.met_by) and (known is None or one.due < known.due):
                found[step.stage] = _By(one.due, rule)
    return found


def _name(here: Reached, by: _By | None) -> str:
    """Return what a step is called: a plan that is due is called by what is asked for."""
    if here.step.stage is not Stage.PLAN or here.state is not State.I_GANG or by is None:
        return here.step.title
    return here.step.title if H.BARNETS_PLAN_VEDTAGET in by.rule.met_by else by.rule.title


def _when(here: Reached, by: _By | None, now: datetime) -> str:
    if here.state is State.I_GANG and by is not None:
        hours = here.step.stage is Stage.UNDERRETNING
        day = danish.list_moment(by.due, now) if hours else _day(by.due, now)
        return danish.unbroken(f"senest {day}")
    if here.since is None:
        return ""
    day = _day(here.since, now)
    return danish.unbroken(day if here.state is State.FAERDIG else f"fra {day}")


def _closed(reached: Mapping[Stage, Reached]) -> bool:
    """Tell whether the case is closed: nothing is under way then, and nothing comes."""
    last = reached.get(Stage.AFSLUTTET)
    return last is not None and last.state is State.FAERDIG


def _stops(here: Reached) -> bool:
    """Tell whether a step is under way and stops when the case is closed: a complaint goes on."""
    return here.state is State.I_GANG and here.step.stage is not Stage.KLAGE


def _said(here: Reached, by: _By | None, now: datetime, *, closed: bool) -> str:
    when = _when(here, by, now)
    match here.state:
        case State.FAERDIG:
            return f"Færdig {when}"
        case State.I_GANG if closed and _stops(here):
            return STOPPED_WHEN
        case State.I_GANG:
            return f"I gang, {when}" if when else "I gang"
    return "Ikke begyndt"


def _day(moment: datetime, now: datetime) -> str:
    return danish.list_date(danish.danish_day(moment), danish.danish_day(now))
