"""Count every running deadline again whose rule has changed, and open what new rules ask for.

In small transactions, so that people go on working meanwhile; what was cut short is begun again
where it is still needed, since every deadline says which rule it was counted under.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import catching_up, ended_before, recounting
from dubu_plugin.store.deadlines.recounting import Changed, Recounted
from dubu_plugin.store.transaction import SYSTEM

AT_ONCE: Final = 2_000
"""So many deadlines are counted in one transaction."""

CASES_AT_ONCE: Final = 200

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


@dataclass(slots=True)
class Report:
    """What it came to."""

    rules: list[str] = field(default_factory=list)
    """The codes that had changed."""
    seen: int = 0
    moved: int = 0
    adjusted: int = 0
    kept: int = 0
    opened: int = 0
    ended: int = 0
    """Those something had happened about that ends them now."""
    orphaned: Mapping[str, int] = field(default_factory=dict)
    """How many deadlines there are whose rule is in no file any more, by code."""


def recompute(
    store: Store,
    now: datetime,
    *,
    everything: bool = False,
    progress: Progress = lambda done, of: None,
    actor: str = SYSTEM,
) -> Report:
    """Bring running deadlines to the rules as they are now.

    :param everything: look at every deadline, also of rules that are known not to have changed, and
        let what had happened end what it ends now.
    """
    book = store.rules
    with store.read() as connection:
        what = recounting.changed(connection, book)
        numbers = recounting.open_codes(connection)
        running = _running(connection) if what.fresh else 0
    all_of_them = everything or what.first_time
    codes = [code for code in numbers if all_of_them or code in what.codes]
    report = Report(sorted(what.codes), seen=sum(numbers[code] for code in codes))
    of = report.seen + running
    orphaned: Counter[str] = Counter()
    done = 0
    for code in codes:
        looked_at = 0
        for some in _recounted(store, now, actor, code):
            report.moved += some.moved
            report.adjusted += some.adjusted
            orphaned += some.orphaned
            looked_at += some.seen
            progress(done + min(looked_at, numbers[code]), of)
        done += numbers[code]
        progress(done, of)
    for number, opened in _opened(store, now, actor, what):
        report.opened += opened
        done += number
        progress(min(done, of), of)
    if everything:
        report.ended = sum(_ended(store, now, actor, code) for code in numbers)
        report.ended += _of_expected(store, now, actor)
    with store.write(actor=actor, now=now) as work:
        recounting.remember(work.connection, book, now)
    report.orphaned = dict(orphaned)
    report.kept = report.seen - report.moved - report.adjusted - orphaned.total()
    return report


def _recounted(store: Store, now: datetime, actor: str, code: str) -> Iterator[Recounted]:
    by: UUID | None = None
    after: object = None
    while True:
        with store.write(actor=actor, now=now) as work:
            recounting.give_room(work.connection)
            rows = recounting.to_recount(work.connection, store.rules, code, after, AT_ONCE)
            if not rows:
                return
            if by is None:
                by = work.happened(Haendelse.REGEL_AENDRET, data={"regel": code}).id
            some = recounting.recount(work.connection, store.rules, code, rows, by=by, now=now)
        after = rows[-1].id
        yield some


def _ended(store: Store, now: datetime, actor: str, code: str) -> int:
    """Return how many deadlines of a rule were ended by what had happened before."""
    after, ended = catching_up.START, 0
    while True:
        with store.write(actor=actor, now=now) as work:
            rows = ended_before.to_look_at(work.connection, store.rules, code, after, CASES_AT_ONCE)
            if not rows:
                return ended
            ended += ended_before.end_what_ended(work.connection, store.rules, rows)
        after = rows[-1].id


def _of_expected(store: Store, now: datetime, actor: str) -> int:
    """Let what is asked about a child that is born lapse on those that are not; return how many."""
    with store.write(actor=actor, now=now) as work:
        found = ended_before.of_expected(work.connection, store.rules)
        for code, some in found.items():
            by = work.happened(Haendelse.REGEL_AENDRET, data={"regel": code}).id
            ended_before.lapse(work.connection, some, by=by, now=now)
        return sum(map(len, found.values()))


def _running(connection: sa.Connection) -> int:
    """Return how much there is that a new rule may open something on."""
    cases = catching_up.how_many_open(connection)
    return cases + catching_up.how_many_underretninger(connection)


def _opened(store: Store, now: datetime, actor: str, what: Changed) -> Iterator[tuple[int, int]]:
    """Yield how many cases and underretninger were looked at, and how many deadlines were opened
    on them."""
    for name, some_after in (
        ("cases", catching_up.open_cases),
        ("came_in", catching_up.open_underretninger),
    ):
        after = catching_up.START
        while what.fresh:
            with store.write(actor=actor, now=now) as work:
                some = some_after(work.connection, after, CASES_AT_ONCE)
                if not some:
                    break
                opened = catching_up.open_missing(
                    work.connection, store.rules, what.fresh, now=now, **{name: some}
                )
            after = some[-1]
            yield len(some), opened
