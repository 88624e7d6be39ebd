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

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import catching_up, recounting
from dubu_plugin.store.deadlines.recounting import START, Changed, Recounted
from dubu_plugin.store.transaction import SYSTEM

AT_ONCE: Final = 500
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

    :param everything: look at every deadline, also of rules that are known not to have changed.
    """
    book = store.rules
    with store.read() as connection:
        what = recounting.changed(connection, book)
        numbers = recounting.open_codes(connection)
        cases = catching_up.how_many_open(connection) if what.fresh else 0
    all_of_them = everything or what.first_time
    codes = [code for code in numbers if all_of_them or code in what.codes]
    of = sum(numbers[code] for code in codes) + cases
    done = 0
    report = Report(sorted(what.codes))
    orphaned: Counter[str] = Counter()
    for some in _recounted(store, now, actor, codes, what):
        report.seen += some.seen
        report.moved += some.moved
        report.adjusted += some.adjusted
        report.kept += some.kept
        orphaned += some.orphaned
        done += some.seen
        progress(min(done, of), of)
    for number, opened in _opened(store, now, actor, what):
        report.opened += opened
        done += number
        progress(min(done, of), of)
    with store.write(actor=actor, now=now) as work:
        recounting.remember(work.connection, book, now)
    report.orphaned = dict(orphaned)
    return report


def _recounted(
    store: Store, now: datetime, actor: str, codes: list[str], what: Changed
) -> Iterator[Recounted]:
    for code in codes:
        by: UUID | None = None
        after = START
        while True:
            with store.write(actor=actor, now=now) as work:
                rows = recounting.open_of(work.connection, code, after, AT_ONCE)
                if not rows:
                    break
                if by is None:
                    by = work.happened(Haendelse.REGEL_AENDRET, data={"regel": code}).id
                yield recounting.recount(work.connection, store.rules, code, rows, by=by, now=now)
            after = rows[-1].id


def _opened(store: Store, now: datetime, actor: str, what: Changed) -> Iterator[tuple[int, int]]:
    """Yield how many cases were looked at, and how many deadlines were opened on them."""
    after = START
    while what.fresh:
        with store.write(actor=actor, now=now) as work:
            cases = catching_up.open_cases(work.connection, after, CASES_AT_ONCE)
            if not cases:
                return
            opened = catching_up.open_missing(
                work.connection, store.rules, what.fresh, cases, now=now
            )
            yield len(cases), opened
        after = cases[-1]
