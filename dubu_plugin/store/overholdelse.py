"""How deadlines were kept, summed up for somebody, and never more than they may know.

`sight` asks the policy whose sums somebody may see and whose persons. Everything else takes what it
answered, so that no sum can be asked for around it. What could tell on a person is left out here
and not on the page: see `overholdelse.can_be_told`.

A deadline counts in the quarter it fell due in, once: one that was replaced counts by the one in
its place, and one that lapsed does not count.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from dubu_plugin.frister.overholdelse import SMALL, Quarter, Spread, Tally, can_be_told
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.overholdelse_sight import Sight, sight
from dubu_plugin.store.overholdelse_sums import summed, time_spent

__all__ = ["Line", "Sight", "by_person", "by_rule", "by_unit", "sight", "trend", "whole"]


@dataclass(frozen=True, slots=True)
class Line:
    """The sum of one rule, unit, caseworker or quarter."""

    key: str
    tally: Tally | None
    """None where it could tell on a person."""
    before: Tally | None = None
    """The same quarter a year earlier; of rules only, and None where that could tell."""
    used: Spread | None = None
    """The time used on those that were met; of rules only."""


def by_rule(
    connection: sa.Connection, book: RuleBook, seen: Sight, quarter: Quarter, now: datetime
) -> Sequence[Line]:
    """Return the sum of each rule, in the order of the rules, those without deadlines left out."""
    names = ("rule",)
    found = summed(connection, book, seen, (quarter,), now, names)
    earlier = summed(connection, book, seen, (quarter.later(-4),), now, names)
    all_told = seen.tells(seen.units) and not seen.unitless
    lines = _masked(
        {code: found[code,] for code in book.versions if (code,) in found},
        tells=lambda _: all_told,
    )
    before = _masked({code: value for (code,), value in earlier.items()}, lambda _: all_told)
    told = {line.key: line.tally for line in before}
    took = time_spent(connection, book, seen, quarter, least=1 if all_told else SMALL)
    return [
        replace(line, before=told.get(line.key), used=took.get(line.key) if line.tally else None)
        for line in lines
    ]


def by_unit(
    connection: sa.Connection,
    book: RuleBook,
    seen: Sight,
    quarter: Quarter,
    now: datetime,
    rule: str | None = None,
) -> Sequence[Line]:
    """Return the sum of each unit that has deadlines.

    :param rule: only of this rule.
    """
    found = summed(connection, book, seen, (quarter,), now, ("unit",), rule)
    of_units = {unit: value for (unit,), value in found.items() if unit is not None}
    return _masked(dict(sorted(of_units.items())), tells=lambda unit: unit in seen.persons)


def by_person(
    connection: sa.Connection,
    book: RuleBook,
    seen: Sight,
    quarter: Quarter,
    now: datetime,
    rule: str | None = None,
) -> Sequence[Line]:
    """Return the sum of each caseworker somebody may see, themselves always among them.

    The key is empty for what nobody had taken.
    """
    names = ("responsible",)
    sums: dict[str, Tally] = {}
    if seen.persons:
        led = replace(seen, units=seen.persons, unitless=False)
        found = summed(connection, book, led, (quarter,), now, names, rule)
        sums = {person or "": tally for (person,), (tally, _) in found.items()}
    if seen.own and seen.who.key not in sums:
        mine = replace(seen, units=seen.every, unitless=True)
        found = summed(connection, book, mine, (quarter,), now, names, rule, own=True)
        for tally, _ in found.values():
            sums[seen.who.key] = tally
    return [Line(key, tally) for key, tally in sorted(sums.items())]


def trend(
    connection: sa.Connection,
    book: RuleBook,
    seen: Sight,
    rule: str,
    quarters: Sequence[Quarter],
    now: datetime,
) -> Sequence[Line]:
    """Return the sum of one rule in each of some quarters that follow one another."""
    found = summed(connection, book, seen, quarters, now, ("number",), rule)
    nothing = (Tally(), 0)
    sums = {str(one): found.get((place,), nothing) for place, one in enumerate(quarters)}
    all_told = seen.tells(seen.units) and not seen.unitless
    return [
        Line(key, tally if all_told or can_be_told(tally, persons) else None)
        for key, (tally, persons) in sums.items()
    ]


def whole(lines: Iterable[Line]) -> Tally:
    """Return the sum of what is shown. What is not shown is not in it, or it could be told."""
    return sum((line.tally for line in lines if line.tally is not None), Tally())


def _masked(sums: Mapping[str, tuple[Tally, int]], tells: Callable[[str], bool]) -> list[Line]:
    """Return the lines, small ones without their sum.

    Where only one is hidden the next smallest is too: else the others and a total tell it.
    """
    lines = [
        Line(key, tally if tells(key) or can_be_told(tally, persons) else None)
        for key, (tally, persons) in sums.items()
    ]
    if sum(line.tally is None for line in lines) == 1:
        others = [line for line in lines if line.tally and line.tally.total and not tells(line.key)]
        if others:
            least = min(others, key=lambda line: line.tally.total if line.tally else 0)
            lines[lines.index(least)] = Line(least.key, None)
    return lines
