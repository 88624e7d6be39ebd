"""The noise budget: a year of a caseworker with thirty children, read as the page reads it.

At most twelve lines a working day at the median and twenty-five on the worst day in twenty, those
under »Senere« left out, which are folded away, and a colleague's weeks of absence included; never
two lines for the same thing; and no deadline of the law inside its warning that is not on a line of
its child, or in the fold of what nobody in the unit has taken. The last is checked against the
database alone, not against what chooses the lines.
"""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.frister.urgency import Days, Group, today_until
from dubu_plugin.store import access
from dubu_plugin.store.aktivitet.plan_lines import PlanLine
from dubu_plugin.store.min_dag import day_heads, untaken
from dubu_plugin.store.min_dag import lines as min_dag
from dubu_plugin.store.min_dag.day_heads import SOON, DayHead
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.min_dag.lines import Line
from dubu_plugin.store.tables import frister
from dubu_plugin.testing.caseworker_year import DAYS, FIRST, Year, at
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town, build

MEDIAN = 12
NEARLY_WORST = 25
BROKEN = timedelta(days=90)
"""So many days show what the budget is without what keeps it."""


@dataclass
class Read:
    """What was read on the mornings of a year."""

    counts: list[int] = field(default_factory=list)
    twice: list[tuple[date, Any]] = field(default_factory=list)
    hidden: list[tuple[date, str]] = field(default_factory=list)
    wanted: int = 0
    gathered: list[int] = field(default_factory=list)
    """How many nobody had taken, on each day with a line for them."""
    covered: int = 0
    """How many lines were there because a colleague is away."""
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def median(self) -> float:
        return statistics.median(self.counts)

    @property
    def nearly_worst(self) -> float:
        return statistics.quantiles(self.counts, n=20)[-1]


@dataclass
class Played:
    """A year as it was read, and its first days as they would be without what keeps the budget."""

    read: Read = field(default_factory=Read)
    without_bundles: Read = field(default_factory=Read)
    without_one_line: Read = field(default_factory=Read)


def played(folder: Path) -> Played:
    """Play the year."""
    town = build(folder, at(FIRST, 0))
    # What a kill would lose is of no interest here.
    sa.event.listen(
        town.product.store.engine, "connect", lambda one, _: one.execute("PRAGMA synchronous = OFF")
    )
    town.product.store.engine.dispose()
    year = Played()
    try:
        for day in Year(town).mornings(DAYS):
            look(town, day, year.read)
            if day < FIRST + BROKEN:
                with without_bundles(town, day) as connection:
                    look_at(connection, day, year.without_bundles)
                with without_one_line(), town.product.store.read() as connection:
                    look_at(connection, day, year.without_one_line)
    finally:
        town.product.store.close()
    return year


def look_at(
    connection: sa.Connection, day: date, read: Read
) -> tuple[Asker, list[Line], list[Line]]:
    """Read the page and count its lines; return who read, all lines, and those that are shown."""
    asker = access.asker(connection, KAREN)
    assert asker is not None
    found = lines(connection, asker, at(day, 8))
    # What can wait is folded away.
    shown = [line for line in found if line.group is not Group.SENERE]
    read.counts.append(len(shown))
    return asker, found, shown


def look(town: Town, day: date, read: Read) -> None:
    """Read the page, and ask the database what should be on it."""
    now = at(day, 8)
    with town.product.store.read() as connection:
        asker, found, shown = look_at(connection, day, read)
        read.kinds.update(line.bundle.partition(":")[0] for line in shown)
        read.gathered += [len(one.untaken.first) for one in shown if one.untaken]
        read.covered += sum(bool(line.whose) for line in shown)
        bundles = Counter(line.bundle for line in found)
        steps = Counter(thing for line in found for thing in set(things(line)))
        read.twice += [(day, one) for one, times in (bundles | steps).items() if times > 1]
        open_now = connection.execute(
            sa.select(frister).where(
                sa.or_(
                    frister.c.responsible == KAREN,
                    frister.c.responsible.is_(None) & (frister.c.unit == asker.unit),
                ),
                frister.c.state == "aaben",
                frister.c.kind.in_(["frist", "pligt", "udloeb", "alder"]),
                frister.c.severity.in_(["akut", "lov"]),
                sa.or_(frister.c.due.is_(None), frister.c.warn <= now, frister.c.due <= now),
            )
        ).all()
        read.wanted += len(open_now)
        named = [*shown, *(one for line in shown if line.untaken for one in line.untaken.first)]
        on = {(line.child, step.rule) for line in named for step in line.steps}
        read.hidden += [(day, row.rule) for row in open_now if (row.person_id, row.rule) not in on]


def lines(connection: sa.Connection, asker: Asker, now: datetime) -> list[Line]:
    """Return all pages of the lines of the day."""
    days = Days(now, today_until(now), today_until(now + SOON))
    heads = day_heads.heads(connection, asker, days)
    return list(min_dag.lines(connection, asker, heads, Scope.MINE, Kind.ALL, per_page=1000))


def things(line: Line) -> Iterator[Any]:
    """Yield what a line is about, so that the same thing on two lines is found."""
    if line.plan is not None:
        yield "plan", line.plan.id
    for one in line.own:
        yield "erindring", one.id
    for one_of_unit in line.untaken.first if line.untaken else ():
        yield from things(one_of_unit)
    for step in line.steps:
        if step.state == "aaben":
            yield "frist", line.child, step.rule, step.due


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return played(tmp_path_factory.mktemp("year"))


@pytest.fixture(scope="module")
def year(whole: Played) -> Read:
    return whole.read


def test_the_front_page_holds_at_most_twelve_lines_on_an_ordinary_day(year: Read) -> None:
    assert year.median <= MEDIAN


def test_the_front_page_holds_at_most_twenty_five_lines_on_a_bad_day(year: Read) -> None:
    assert year.nearly_worst <= NEARLY_WORST


def test_nothing_stands_on_two_lines(year: Read) -> None:
    assert year.twice == []


def test_no_deadline_of_the_law_is_hidden_once_it_is_warned_of(year: Read) -> None:
    assert year.hidden == []
    assert year.wanted > 1000, "the year must be one in which something could be hidden"


def test_the_year_is_a_busy_one(year: Read) -> None:
    """A quiet year would prove nothing."""
    assert year.median >= 4
    assert {"underretning", "opfoelgning", "plan", "egen", "ingens"} <= year.kinds.keys()


def test_the_unit_around_is_a_busy_one(year: Read) -> None:
    assert statistics.median(year.gathered) >= 4
    assert max(year.gathered) >= 8
    assert year.covered >= 20


def each_step(law: dict[str, DayHead], plans: Iterable[PlanLine], days: Days) -> Sequence[DayHead]:
    """Give every open step of a plan a reminder of its own, as if nothing were gathered."""
    steps = [
        replace(one, bundle=f"{plan.id}:{number}")
        for plan in plans
        for one in JOINED({}, [replace(plan, next_title="Trin", next_frist=None)], days)
        for number in range(plan.total - plan.done)
    ]
    return [*law.values(), *steps]


JOINED = day_heads._with_plans


@contextmanager
def without_bundles(town: Town, day: date) -> Iterator[sa.Connection]:
    """See the day as it would be if every deadline were a bundle of its own."""
    alone = frister.c.rule.concat(":").concat(sa.cast(frister.c.id, sa.String))
    with (
        pytest.MonkeyPatch.context() as changed,
        town.product.store.rehearse(actor=KAREN, now=at(day, 8)) as work,
    ):
        changed.setattr(day_heads, "_with_plans", each_step)
        work.connection.execute(sa.update(frister).values(bundle=alone))
        yield work.connection


@contextmanager
def without_one_line() -> Iterator[None]:
    """See the day as it would be if each that nobody has taken had a line."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(untaken, "_is_nobodys", lambda head, scope: False)
        yield


def test_without_bundles_the_budget_is_broken(whole: Played) -> None:
    read = whole.without_bundles
    assert read.median > MEDIAN or read.nearly_worst > NEARLY_WORST


def test_without_one_line_for_what_nobody_has_taken_the_budget_is_broken(whole: Played) -> None:
    read = whole.without_one_line
    assert read.median > MEDIAN or read.nearly_worst > NEARLY_WORST
