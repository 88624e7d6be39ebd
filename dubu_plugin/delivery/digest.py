"""What the morning mail says: what is due, for whom by initials, when, and a link.

Mail is read on the way and lies in mailboxes for years, so no name of a citizen, no CPR number and
no text anybody wrote is in it; of a protected case not even initials.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import jinja2
import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.moede import initials
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.urgency import Days, Group, today_until
from dubu_plugin.settings import Settings
from dubu_plugin.store import access
from dubu_plugin.store.min_dag import day_heads, fravaer
from dubu_plugin.store.min_dag import lines as min_dag
from dubu_plugin.store.min_dag.day_heads import SOON, DayHead
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.min_dag.due_lines import more_titles, untaken_words
from dubu_plugin.store.min_dag.due_query import LEAST, teams_of
from dubu_plugin.store.min_dag.lines import Line
from dubu_plugin.store.min_dag.untaken import shown
from dubu_plugin.store.overholdelse import left_behind
from dubu_plugin.store.overholdelse.risk import Risk, at_risk
from dubu_plugin.store.tables import employees, sager, underretninger
from dubu_plugin.store.underretning import genvurderinger
from dubu_plugin.store.underretning.genvurderinger import Answer

TITLES: Final = {
    Group.OVERSKREDET: "OVERSKREDET",
    Group.I_DAG: "I DAG",
    Group.SNART: "SNART",
}
NEXT_MORNING: Final = "I DAG OG NÆSTE HVERDAGS MORGEN"
"""The heading of today's group where something in it is due before ten the next working day."""
MOST: Final = 15
"""Nobody reads a longer list in a mail; the page has the rest."""
START: Final = "/dubu/min-dag"
UNTAKEN: Final = f"{START}?kun=ingens"
NOBODYS: Final = "/dubu/sager/ingen-har"


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of the mail."""

    said: str
    url: str
    more: str = ""
    """What else is to be done on the same line."""


@dataclass(frozen=True, slots=True)
class DigestGroup:
    """One of the groups."""

    title: str
    lines: Sequence[DigestLine]
    more: int


@dataclass(frozen=True, slots=True)
class Led:
    """What a leader hears of a unit."""

    where: str
    team: Sequence[DigestGroup]
    risks: Sequence[DigestGroup]
    nobodys: str = ""
    """How many cases nobody has, in words; empty where there are none."""
    nobodys_url: str = ""


def digest(
    connection: sa.Connection, who: Asker, rules: RuleBook, settings: Settings, now: datetime
) -> str | None:
    """Return the mail's text, or None where there is nothing to say.

    Everybody hears of their own; who leads also of what is overdue or at risk in the unit, and so
    does who stands in for a leader that is away.
    """
    days = Days(now, today_until(now), today_until(now + SOON))
    heads = day_heads.heads(connection, who, days)
    own = [head for head in shown(heads, Scope.MINE, Kind.ALL) if _is_near(head)]
    drawing = _Drawing(connection, who, rules, settings.web.address.rstrip("/"), now)
    said = {head.bundle for head in own}
    led = []
    for leader, where in _leaders(connection, who, now):
        of_leader = heads if leader is who else day_heads.heads(connection, leader, days)
        part = replace(drawing, who=leader).led(where, of_leader, said)
        led += [part] if part is not None else []
    asked = [genvurderinger.waiting_row(row) for row in connection.execute(_asked_of(who))]
    if not own and not led and not asked:
        return None
    name = connection.scalar(sa.select(employees.c.name).where(employees.c.key == who.key)) or ""
    return _template().render(
        first_name=name.split(" ", 1)[0],
        asked=drawing.asked(asked),
        own=drawing.groups(own, Scope.MINE),
        led=led,
        address=drawing.address and f"{drawing.address}{START}",
    )


def _leaders(connection: sa.Connection, who: Asker, now: datetime) -> Sequence[tuple[Asker, str]]:
    """Return whom somebody hears of a unit for, and how the mail says which unit."""
    found = [(who, "I din enhed")] if _leads(who) else []
    away = fravaer.covered_by(connection, who, danish.danish_day(now))
    for key, name in sorted(away.items()):
        leader = access.asker(connection, key)
        if leader is not None and _leads(leader):
            found.append((leader, f"I den enhed, som {name} leder,"))
    return found


def subject(now: datetime) -> str:
    """Return what the mail of a day is called."""
    return f"Min dag {danish.long_date(danish.danish_day(now))}"


def is_at_risk(head: DayHead) -> bool:
    """Tell whether a leader should hear of a line: it is overdue, or is due and nobody has it.

    What somebody has taken and can still do today is theirs, and no news to a leader.
    """
    if not head.law or head.severity >= LEAST or head.put_off:
        return False
    return head.group is Group.OVERSKREDET or (head.group is Group.I_DAG and head.untaken)


def _asked_of(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    """Select what colleagues ask of somebody, the oldest question first."""
    query = genvurderinger.asked_of(who)
    return query.order_by(query.selected_columns.asked_at)


def _leads(who: Asker) -> bool:
    return Role.TEAM_LEADER in who.roles


def _is_near(head: DayHead) -> bool:
    """Tell whether a line is worth a mail: the rest is on the page."""
    return head.group in (Group.OVERSKREDET, Group.I_DAG) or (
        head.group is Group.SNART and head.law and head.due is not None
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    connection: sa.Connection
    who: Asker
    rules: RuleBook
    address: str
    now: datetime

    def led(self, where: str, heads: Sequence[DayHead], said: set[str]) -> Led | None:
        """Return what a leader hears of a unit; None where there is nothing.

        :param said: the lines that stand in the mail already; these join them.
        """
        team = [
            head
            for head in heads
            if head.team and not head.mine and is_at_risk(head) and head.bundle not in said
        ]
        said |= {head.bundle for head in team}
        found = at_risk(self.connection, self.rules, self.who, teams_of(self.who), self.now)
        risks = [risk for risk in found if risk.bundle not in said]
        said |= {risk.bundle for risk in risks}
        number = left_behind.number_of_nobodys(self.connection, self.who)
        if not team and not risks and not number:
            return None
        return Led(
            where,
            self.groups(team, Scope.TEAM),
            self.risks(risks),
            danish.counted(number, "sag", "sager") if number else "",
            self.address and f"{self.address}{NOBODYS}",
        )

    def groups(self, heads: Sequence[DayHead], scope: Scope) -> Sequence[DigestGroup]:
        found = []
        for group, title in TITLES.items():
            here = [head for head in heads if head.group is group]
            if here:
                lines = min_dag.lines(
                    self.connection, self.who, here, scope, Kind.ALL, per_page=MOST
                )
                hidden = _protected(self.connection, lines)
                names = _names(self.connection, lines) if scope is Scope.TEAM else {}
                drawn = [self._line(line, line.bundle in hidden, names) for line in lines]
                if group is Group.I_DAG and any(self._is_later(line) for line in lines):
                    title = NEXT_MORNING
                found.append(DigestGroup(title, drawn, max(0, len(here) - MOST)))
        return found

    def _is_later(self, line: Line) -> bool:
        """Tell whether a line's day is not today: what is due the next morning stands with it."""
        return line.due is not None and danish.danish_day(line.due) > danish.danish_day(self.now)

    def asked(self, found: Sequence[genvurderinger.Waiting]) -> Sequence[DigestGroup]:
        """Return what colleagues ask (§ 137, stk. 1), and whose no is to be seen to."""
        here = [one.underretning for one in found[:MOST]]
        number = underretninger.c.id
        hidden = set(
            self.connection.scalars(
                sa.select(number)
                .outerjoin(sager, sager.c.id == underretninger.c.sag_id)
                .where(number.in_(here), sa.or_(underretninger.c.protected, sager.c.protected))
            )
        )
        lines = [self._question(one, one.underretning in hidden) for one in found[:MOST]]
        return [DigestGroup("SPØRGSMÅL", lines, len(found) - len(lines))] if lines else []

    def _question(self, one: genvurderinger.Waiting, hidden: bool) -> DigestLine:
        child = f" – {initials(one.child_name)}" if one.child_name and not hidden else ""
        asks = one.state is Answer.ASKED
        said = "spørger, om du vil deltage" if asks else "har sagt nej. Spørg en anden"
        path = f"{self.address}/dubu/indgang/{one.underretning}/genvurdering"
        return DigestLine(
            f"Genvurdering (§ 137){child}: {one.other or 'en kollega'} {said}",
            path if self.address else "",
        )

    def risks(self, found: Sequence[Risk]) -> Sequence[DigestGroup]:
        """Return what will hardly be kept, in one group; none where there is nothing."""
        shown = found[:MOST]
        hidden = _protected(self.connection, shown)
        lines = [self._risk(risk, risk.bundle in hidden) for risk in shown]
        return [DigestGroup("NÅS NÆPPE", lines, len(found) - len(shown))] if lines else []

    def _risk(self, risk: Risk, hidden: bool) -> DigestLine:
        due, today = danish.danish_day(risk.due), danish.danish_day(self.now)
        rule = self.rules.version(risk.rule, risk.version)
        what = f"{rule.title} ({rule.section})" if rule else risk.rule
        child = f" – {initials(risk.child_name)}" if risk.child_name and not hidden else ""
        whose = f" (hos {risk.responsible})" if risk.responsible else ""
        path = f"/dubu/sag/{risk.sag}" if risk.sag else f"/dubu/indgang/{risk.underretning}"
        return DigestLine(
            f"{danish.list_date(due, today)}: {what}{child}{whose}",
            f"{self.address}{path}" if self.address else "",
            risk.said,
        )

    def _line(self, line: Line, hidden: bool, names: dict[str, str]) -> DigestLine:
        today = danish.danish_day(self.now)
        due = line.due and danish.danish_day(line.due)
        path = f"/dubu/sag/{line.sag}" if line.sag else f"/dubu/indgang/{line.underretning}"
        if line.untaken is not None:
            path = UNTAKEN
        when = (
            f"{danish.list_date(due, today)}{_clock(line.due)} ({danish.relative_day(due, today)})"
            if due and line.due
            else "Snarest"
        )
        child = f" – {initials(line.child_name)}" if line.child_name and not hidden else ""
        colleague = f" (for {line.whose})" if line.whose else ""
        if name := names.get(line.responsible or ""):
            colleague = f" (hos {name})"
        more = more_titles(line, self.rules)
        linked = self.address and (line.sag or line.underretning or line.untaken)
        return DigestLine(
            f"{when}: {self._what(line)}{child}{colleague}",
            f"{self.address}{path}" if linked else "",
            f"og {len(more)} mere: {danish.listed(more)}" if more else "",
        )

    def _what(self, line: Line) -> str:
        if line.untaken is not None:
            return untaken_words(line.untaken)
        if line.plan_first and line.plan is not None:
            return line.plan.next_title or line.plan.title
        if not line.steps:
            # What somebody wrote for themselves stays on the page.
            return _reminder(line)
        step = line.steps[0]
        rule = self.rules.version(step.rule, step.version)
        return f"{rule.title} ({rule.section})" if rule else step.rule


def _reminder(line: Line) -> str:
    """Return whose reminder it is. No colleague is named in a mail."""
    first = line.own[0]
    if first.whom.employee is None:
        return "en erindring til teamet"
    return "din egen erindring" if first.set_by == first.whom.employee else "en erindring til dig"


def _clock(due: datetime) -> str:
    """Return the time of day of what is due at one; a day's last second is none."""
    here = danish_clock(due)
    return "" if (here.hour, here.minute) == (23, 59) else f" kl. {here:%H.%M}"


def _protected(connection: sa.Connection, lines: Sequence[Line | Risk]) -> set[str]:
    """Return the lines on what is protected."""
    hidden = set()
    for table, name in ((sager, "sag"), (underretninger, "underretning")):
        numbers = {getattr(line, name) for line in lines} - {None}
        if numbers:
            asked = sa.select(table.c.id).where(table.c.id.in_(numbers), table.c.protected)
            found = set(connection.scalars(asked))
            hidden |= {line.bundle for line in lines if getattr(line, name) in found}
    return hidden


def _names(connection: sa.Connection, lines: Sequence[Line]) -> dict[str, str]:
    """Return what those who have the lines are called."""
    keys = {line.responsible for line in lines if line.responsible}
    asked = sa.select(employees.c.key, employees.c.name).where(employees.c.key.in_(keys))
    return {row.key: row.name for row in connection.execute(asked)}


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    """Return the mail's template. It is plain text, so nothing in it is escaped."""
    source = Path(str(files("dubu_templates"))) / "mails" / "morgenmail.txt"
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    return environment.from_string(source.read_text(encoding="utf-8"))
