"""A line of Min dag in words: a deadline, a plan's next step, or somebody's own reminder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import end_of_day, start_of_day
from dubu_plugin.domain.underretning import BEKYMRINGER, Henvendelse
from dubu_plugin.frister.rule import MISSED
from dubu_plugin.frister.urgency import Group
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.min_dag.due_lines import rule_title, untaken_words
from dubu_plugin.store.min_dag.due_steps import Step
from dubu_plugin.store.min_dag.erindringer import origin
from dubu_plugin.store.min_dag.lines import NAMELESS, Line, Untaken
from dubu_plugin.usecases.min_dag.snooze import latest
from dubu_plugin.web.min_dag.duty_places import ANSWER, place_of, tell_url
from dubu_plugin.web.naming import KINDS, child_title, source_words

OWN_URL: Final = "/dubu/erindringer"
CONCERNS: Final = {row.code: row.title.partition(",")[0] for row in BEKYMRINGER}
REPORTS_URL: Final = "/dubu/indberetninger"
INTAKE_URL: Final = "/dubu/indgang"
UNTAKEN_URL: Final = "/dubu/min-dag?kun=ingens"
NIGHT: Final = timedelta(hours=6)
PUT_OFF_URL: Final = "/dubu/min-dag/udskyd"
WHY_URL: Final = "/dubu/min-dag/grund"


@dataclass(frozen=True, slots=True)
class MoreDuty:
    """A duty that stands on a line below the first one."""

    title: str
    when: str
    url: str = ""
    """Where it is taken, for what nobody has, or worked with; empty where it has no place."""
    dated: bool = False


@dataclass(frozen=True, slots=True)
class DueLine:
    """A line as it is read."""

    when: str
    away: str
    child: str
    child_url: str | None
    about: str
    title: str
    url: str
    detail: str
    done: int
    total: int
    action: str
    action_url: str
    mark: str = ""
    """Why somebody else's line is here."""
    ticked: str = ""
    """What to send to tick it off, where it was sent on; empty where it was not."""
    law: MoreDuty | None = None
    """The law's first day, where the line is named by the next step of a plan of our own: what
    must not be missed is not hidden below what comes first."""
    more: Sequence[MoreDuty] = ()
    """What else is to be done, in the fold."""
    fold: str = ""
    """What the fold is called, where it holds something else than duties of the same child."""
    rest: str = ""
    """How many there are that the fold does not name, in words; empty where it names all."""
    rest_url: str = ""
    why_url: str = ""
    """Where it is said why a deadline of it was not kept; empty where none is overdue."""
    why_said: bool = False
    """It is said already, of all that is overdue."""
    tell_url: str = ""
    """Where an applicant is told when the answer comes; empty where it is not late."""

    @property
    def more_words(self) -> str:
        """What the fold is called: »og 2 pligter mere«."""
        if self.fold:
            return self.fold
        return f"og {danish.counted(len(self.more), 'pligt', 'pligter')} mere"


def due_line(line: Line, product: Product, today: date, now: datetime) -> DueLine:
    """Return a line in words."""
    when, away = _when(line, today, now)
    if line.untaken is not None:
        return _untaken(line, line.untaken, product, now)
    url = f"/dubu/indgang/{line.underretning}" if line.underretning else f"/dubu/sag/{line.sag}"
    more = _more(line, product, today)
    detail, done, total = _progress(line, product, alone=not more)
    law = next((one for one in more if one.dated), None) if line.plan_first else None
    if line.sag is None and line.underretning is None:
        url = REPORTS_URL if line.kommune else OWN_URL
    doing = place_of(line.steps[0].rule, line.sag) if line.steps and not line.plan_first else ""
    action, action_url = _action(line, url, today)
    missed = [step for step in line.steps if _is_missed(step, product, now)]
    return DueLine(
        when=when,
        away=away,
        child=_child(line),
        child_url=f"/dubu/sag/{line.sag}" if line.sag else None,
        about="" if line.kommune or not (line.child or line.steps) else _age(line, today),
        title=title_of(line, product),
        url=OWN_URL if line.own and not line.steps else doing or url,
        detail=danish.unbroken(detail),
        done=done,
        total=total,
        action=action,
        action_url=action_url,
        mark=_mark(line, now),
        ticked=line.bundle if line.sent_on else "",
        law=law,
        more=[one for one in more if one is not law],
        why_url=_why(missed, line),
        why_said=all(step.explained for step in missed),
        tell_url=_tell(line, now),
    )


def _why(missed: Sequence[Step], line: Line) -> str:
    if line.kommune or not missed:
        return ""
    return f"{WHY_URL}?{urlencode({'linje': line.bundle})}"


def _tell(line: Line, now: datetime) -> str:
    """Return where the applicant is told when the answer comes, where its day is passed."""
    late = any(
        step.rule == ANSWER and step.state is State.AABEN and step.due and step.due < now
        for step in line.steps
    )
    return tell_url(line.underretning) if late else ""


def _is_missed(step: Step, product: Product, now: datetime) -> bool:
    if step.state is not State.AABEN or step.due is None or step.due >= now:
        return False
    rules = product.store.rules
    rule = rules.version(step.rule, step.version) or rules.newest(step.rule)
    return rule is not None and rule.kind in MISSED


def _untaken(line: Line, some: Untaken, product: Product, now: datetime) -> DueLine:
    """Return the one line for what nobody in a unit has taken."""
    when, away = _when(line, danish.danish_day(now), now)
    intake = some.unit == product.settings.intake.unit and not some.others
    url = f"{INTAKE_URL}?vis=ingens" if intake else UNTAKEN_URL
    first = f"den første frist {_moment(line.due, now)}" if line.due else "uden dato"
    return DueLine(
        when=when,
        away=away,
        child="Ingen har taget",
        child_url=None,
        about="hele enheden",
        title=untaken_words(some),
        url=url,
        detail=danish.unbroken(first),
        done=0,
        total=0,
        action="",
        action_url="",
        more=[_to_take(one, product, now) for one in some.first],
        fold="Se dem, og tag en",
        rest=f"og {some.more} mere" if some.more > 0 else "",
        rest_url=UNTAKEN_URL,
    )


def _to_take(line: Line, product: Product, now: datetime) -> MoreDuty:
    about = _child(line) if line.child_name else _about_underretning(line) or _child(line)
    when = _moment(line.due, now) if line.due else "snarest"
    url = f"/dubu/indgang/{line.underretning}" if line.underretning else f"/dubu/sag/{line.sag}"
    also = f" og {len(line.others)} mere" if line.others else ""
    title = f"{about}: {_low(title_of(line, product))}{also}"
    return MoreDuty(title, danish.unbroken(when), url)


def _moment(due: datetime, now: datetime) -> str:
    """Return when something is due: »i nat kl. 00.43«, »i morgen kl. 09.14«, »27. november«."""
    day, today = danish.danish_day(due), danish.danish_day(now)
    if due == end_of_day(day):
        near = abs((day - today).days) <= 1
        return danish.relative_day(day, today) if near else danish.list_date(day, today)
    if day - today == timedelta(days=1) and due < start_of_day(day) + NIGHT:
        return f"i nat {danish.clock(due)}"
    return danish.list_moment(due, now)


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]


def title_of(line: Line, product: Product) -> str:
    """Return what is to be done first."""
    if line.untaken is not None:
        return untaken_words(line.untaken)
    if line.plan_first and line.plan is not None:
        return line.plan.next_title or line.plan.title
    if not line.steps:
        return line.own[0].note if line.own else line.bundle
    head = line.steps[0]
    rule = product.store.rules.version(head.rule, head.version)
    return rule.title if rule else head.rule


def _more(line: Line, product: Product, today: date) -> Sequence[MoreDuty]:
    # Two underretninger on one child may lack the same thing: it is said once, with its first day.
    found: dict[str, MoreDuty] = {}
    for step in line.others:
        title = rule_title(step, product.store.rules)
        due = step.due and danish.list_date(danish.danish_day(step.due), today)
        when = f"senest {due}" if due else "snarest" if step.statutory else "uden dato"
        url = place_of(step.rule, line.sag)
        found.setdefault(title, MoreDuty(title, danish.unbroken(when), url, dated=bool(due)))
    return list(found.values())


def _progress(line: Line, product: Product, *, alone: bool) -> tuple[str, int, int]:
    """Return what is said beside the title, and how far the line is."""
    if not line.steps:
        if line.plan is not None:
            return line.plan.title, line.plan.done, line.plan.total
        more = len(line.own) - 1
        also = f" · og {danish.counted(more, 'anden', 'andre')} på barnet" if more else ""
        return f"{origin(line.own[0]) if line.own else ''}{also}", 0, 0
    head = line.steps[0]
    rule = product.store.rules.version(head.rule, head.version)
    section = rule.section if rule and not line.plan_first else ""
    untaken = "Ingen har taget den" if line.responsible is None else ""
    about = _about_underretning(line) if alone or line.child_name in NAMELESS else ""
    said = " · ".join(part for part in (untaken, about, section) if part)
    if line.plan is not None:
        return said, line.plan.done, line.plan.total
    return said, sum(step.state == "opfyldt" for step in line.steps), len(line.steps)


def _action(line: Line, url: str, today: date) -> tuple[str, str]:
    if line.sent_on:
        return "Set", ""
    if line.underretning is not None and not line.assessed:
        return "Giv videre", f"{url}/giv-videre"
    if line.kommune:
        return "", ""
    waits = [step for step in line.steps if step.state is State.AABEN]
    if line.group is not Group.OVERSKREDET and not line.whose and latest(waits, today):
        return "Udskyd", f"{PUT_OFF_URL}?{urlencode({'linje': line.bundle})}"
    return "", ""


def _mark(line: Line, now: datetime) -> str:
    if line.whose:
        return f"For {line.whose}"
    if line.own and not line.steps and line.due is not None and line.due < now:
        return "Ikke klaret"
    return "Sendt videre til dig: fristen er ikke holdt" if line.sent_on else ""


def _child(line: Line) -> str:
    if line.kommune:
        return "Kommunen"
    if line.child is None and not line.steps and line.underretning is None:
        return "Uden sag" if line.sag is None else "Sag"
    return child_title(line.child_name, line.termin if line.born is None else None)


def _when(line: Line, today: date, now: datetime) -> tuple[str, str]:
    if line.due is None and line.group is Group.I_DAG:
        return "Straks", "loven giver ingen dato"
    if line.due is None:
        return "Uden dato", "snarest" if line.steps or line.untaken else "når der er tid"
    due = danish.danish_day(line.due)
    if line.due == end_of_day(due):
        if due == today:
            return "I dag", "hele dagen"
        away = danish.relative_day(due, today)
        return danish.unbroken(danish.list_date(due, today)), danish.unbroken(away)
    near = abs((due - today).days) <= 1
    first = danish.list_moment(line.due, now) if near else danish.list_date(due, today)
    return danish.unbroken(_high(first)), danish.unbroken(danish.time_left(line.due, now))


def _high(words: str) -> str:
    return words[:1].upper() + words[1:]


def _age(line: Line, today: date) -> str:
    if line.born is not None and line.born <= today:
        return danish.age_text(line.born, today)
    if line.termin is not None:
        return f"termin {danish.unbroken(danish.list_date(line.termin, today))}"
    return "" if line.child_name else "barnet er ikke fundet"


def _about_underretning(line: Line) -> str:
    if not line.underretning:
        return ""
    if line.application:
        return KINDS[Henvendelse.ANSOEGNING]
    said = source_words(line.underretter)
    if line.organisation:
        said = f"Underretning fra {line.organisation}"
    what = CONCERNS.get(line.concern, "")
    return f"{said}: {what[0].lower()}{what[1:]}" if what else said
