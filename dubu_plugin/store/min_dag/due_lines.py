"""What is due for somebody, line by line, for programs that ask on the command line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.urgency import Days, Group, today_until
from dubu_plugin.store.access import asker
from dubu_plugin.store.min_dag.day_heads import DayHead, heads
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.min_dag.due_steps import Step
from dubu_plugin.store.min_dag.lines import Line, Untaken, lines
from dubu_plugin.store.tables import employees, sager

SOON: Final = timedelta(days=14)
PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class DueLine:
    """One child and bundle."""

    case: str | None
    """The case's number in the host; None before there is a case."""
    child: str | None = field(repr=False)
    rule: str | None
    """The most urgent deadline's; None for a plan's step or a reminder of one's own."""
    title: str
    due: datetime | None
    group: Group
    responsible: str | None
    more: Sequence[str] = ()
    """What else is open on the line, as codes of rules."""


def somebody(connection: sa.Connection, name: str) -> Asker | None:
    """Return the employee with this key, or else this login; None where there is none."""
    found = asker(connection, name)
    if found is not None:
        return found
    key = connection.scalar(sa.select(employees.c.key).where(employees.c.login == name))
    return None if key is None else asker(connection, key)


def due_lines(
    connection: sa.Connection, rules: RuleBook, who: Asker, now: datetime
) -> Sequence[DueLine]:
    """Return what somebody is responsible for and what nobody in their unit has taken yet.

    Only what they may see, the most urgent first, and what is far away last. Who reads it reads
    each for itself, so what nobody has taken is not gathered as on Min dag.
    """
    days = Days(now, today_until(now), today_until(now + SOON))
    mine = heads(connection, who, days)
    shown = _each(connection, who, mine)
    numbers = _numbers(connection, {line.sag for line in shown if line.sag})
    return [_told(line, rules, numbers) for line in shown]


def _each(connection: sa.Connection, who: Asker, mine: Sequence[DayHead]) -> Sequence[Line]:
    """Return every line for itself, in order: those nobody has taken are lines of that filter."""
    all_, untaken, far = (
        lines(connection, who, mine, Scope.MINE, kind, per_page=max(1, len(mine)))
        for kind in (Kind.ALL, Kind.UNTAKEN, Kind.FAR)
    )
    near = {line.bundle: line for line in (*all_, *untaken) if line.untaken is None}
    return [*(near[head.bundle] for head in mine if head.bundle in near), *far]


def rule_title(step: Step, rules: RuleBook) -> str:
    """Return what a deadline is called, also where its rule is in no file any more."""
    rule = rules.version(step.rule, step.version) or rules.newest(step.rule)
    return rule.title if rule else step.rule


def more_titles(line: Line, rules: RuleBook) -> Sequence[str]:
    """Return what else is to be done on a line, each said once by its short title."""
    return list(dict.fromkeys(rule_title(step, rules) for step in line.others))


def _told(line: Line, rules: RuleBook, numbers: dict[UUID, str | None]) -> DueLine:
    first = line.steps[0] if line.steps else None
    rule = first and (rules.version(first.rule, first.version) or rules.newest(first.rule))
    return DueLine(
        case=numbers.get(line.sag) if line.sag else None,
        child=line.child_name,
        rule=first.rule if first else None,
        title=rule.title if rule else first.rule if first else _title(line),
        due=line.due,
        group=line.group,
        responsible=line.responsible,
        more=[step.rule for step in line.others],
    )


def untaken_words(some: Untaken) -> str:
    """Return how much nobody has taken: »9 underretninger og 1 sag har ingen taget«."""
    parts = [
        danish.counted(number, one, more)
        for number, one, more in (
            (some.underretninger, "underretning", "underretninger"),
            (some.others, "sag", "sager"),
        )
        if number
    ]
    return f"{danish.listed(parts)} har ingen taget"


def _title(line: Line) -> str:
    if line.plan is not None:
        return line.plan.next_title or line.plan.title
    return line.own[0].note if line.own else ""


def _numbers(connection: sa.Connection, which: set[UUID]) -> dict[UUID, str | None]:
    found: dict[UUID, str | None] = {}
    wanted = sorted(which)
    for start in range(0, len(wanted), PAGE):
        rows = connection.execute(
            sa.select(sager.c.id, sager.c.number).where(
                sager.c.id.in_(wanted[start : start + PAGE])
            )
        )
        found |= {row.id: row.number for row in rows}
    return found
