"""How deadlines were kept, summed up for somebody, and never more than they may know.

`sight` asks the policy whose sums somebody may see and whose persons. Everything else takes what it
answered, so that no sum can be asked for around it. What could tell on a person is left out here
and not on the page: see `overholdelse.can_be_told`.

A deadline counts in the quarter it fell due in, once: one that was replaced counts by the one in
its place, and one that lapsed does not count, unless it had been missed before that.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from dubu_plugin.frister.overholdelse import SMALL, Quarter, Spread, Tally, can_be_told
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.overholdelse.put_off import put_off
from dubu_plugin.store.overholdelse.sight import Sight, sight
from dubu_plugin.store.overholdelse.sums import summed, time_spent

__all__ = ["Line", "Sight", "Sums", "by_person", "sight", "summed_up", "trend", "whole"]

Found = dict[str, tuple[Tally, int]]
"""By key: the sum, and how many persons had the deadlines in it."""


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
    put_off: int | None = None
    """How often one was put off in the quarter, of rules and units; None where it could tell."""


@dataclass(frozen=True, slots=True)
class Sums:
    """A quarter, summed up both ways."""

    rules: Sequence[Line]
    """In the order of the rules, those without deadlines left out."""
    units: Sequence[Line]


def summed_up(
    connection: sa.Connection,
    book: RuleBook,
    seen: Sight,
    quarter: Quarter,
    now: datetime,
    *,
    rule: str | None = None,
    timed: Collection[str] | None = None,
) -> Sums:
    """Return the sum of each rule and of each unit.

    :param rule: the units' sums are of this rule only.
    :param timed: the rules whose time used is told; None is all of them.
    """
    all_told = _all_told(seen)
    names = ("rule", "unit")
    cells = summed(connection, book, seen, (quarter,), now, names, people=not all_told)
    year = (quarter.later(-4),)
    earlier = summed(connection, book, seen, year, now, names[:1], people=not all_told)
    off = put_off(connection, seen, quarter, tells_all=all_told, rule=rule)
    of_rules: Found = defaultdict(lambda: (Tally(), 0))
    of_units: Found = defaultdict(lambda: (Tally(), 0))
    for (code, unit), (tally, persons) in cells.items():
        added, people = of_rules[code]
        of_rules[code] = (added + tally, people + persons)
        if unit is not None and rule in (None, code):
            # The same persons have deadlines of many rules.
            added, people = of_units[unit]
            of_units[unit] = (added + tally, max(people, persons))
    # What was put off falls due later, so there may be nothing else to tell of it yet.
    for code in off.rules:
        of_rules.setdefault(code, (Tally(), 0))
    for unit in off.units:
        of_units.setdefault(unit, (Tally(), 0))
    rules = _masked(
        {code: of_rules[code] for code in book.versions if code in of_rules}, lambda _: all_told
    )
    before = _masked({code: value for (code,), value in earlier.items()}, lambda _: all_told)
    told = {line.key: line.tally for line in before}
    shown = [line.key for line in rules if line.tally and (timed is None or line.key in timed)]
    least = 1 if all_told else SMALL
    took = time_spent(connection, book, seen, quarter, shown, least) if shown else {}
    return Sums(
        [
            replace(
                one,
                before=told.get(one.key),
                used=took.get(one.key),
                put_off=off.rules.get(one.key, 0),
            )
            for one in rules
        ],
        [
            replace(one, put_off=off.units.get(one.key, 0))
            for one in _masked(dict(sorted(of_units.items())), lambda unit: unit in seen.persons)
        ],
    )


def _all_told(seen: Sight) -> bool:
    return seen.tells(seen.units) and not seen.unitless


def by_person(
    connection: sa.Connection,
    book: RuleBook,
    seen: Sight,
    quarter: Quarter,
    now: datetime,
    rule: str | None = None,
) -> Sequence[Line]:
    """Return the sum of each caseworker somebody may see; who leads nobody sees themselves.

    The key is empty for what nobody had taken.
    """
    names = ("responsible",)
    sums: dict[str, Tally] = {}
    if seen.persons:
        led = replace(seen, units=seen.persons, unitless=False)
        found = summed(connection, book, led, (quarter,), now, names, rule, people=False)
        sums = {person or "": tally for (person,), (tally, _) in found.items()}
    elif seen.own:
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
    all_told = _all_told(seen)
    found = summed(connection, book, seen, quarters, now, ("number",), rule, people=not all_told)
    nothing = (Tally(), 0)
    sums = {str(one): found.get((place,), nothing) for place, one in enumerate(quarters)}
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
