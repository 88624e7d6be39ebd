"""The clock: what was due and is not done is missed, and a period that has ended is told of.

Each moment is told once. After days of standing still everything that was missed meanwhile is
caught up in its order; a machine's clock that is set back tells nothing twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister import periods
from dubu_plugin.frister.periods import Period
from dubu_plugin.frister.rule import Kind, Subject
from dubu_plugin.settings import Settings
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import passing
from dubu_plugin.store.transaction import SYSTEM, Recorded, Work

AT_ONCE: Final = 100
"""How many moments are told in one transaction, so that others get to write in between."""

PERIODS: Final = "perioder"
"""The name of the clock that tells of months, quarters and years."""


class Ticking(Protocol):
    """What the clock needs."""

    @property
    def settings(self) -> Settings:
        """Who makes the municipality's reports."""

    @property
    def store(self) -> Store:
        """What is remembered."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a tick came to."""

    missed: int = 0
    ended: int = 0
    """Those that end by themselves."""
    periods: int = 0

    def __add__(self, other: "Told") -> "Told":
        return Told(
            self.missed + other.missed,
            self.ended + other.ended,
            self.periods + other.periods,
        )


def tell_time(
    product: Ticking, now: datetime, *, stopping: Callable[[], bool] = lambda: False
) -> Told:
    """Tell every moment that has passed since the last time, in order.

    :param stopping: asked between transactions.
    """
    told = Told()
    while not stopping():
        with product.store.read() as connection:
            began = passing.told_until(connection, PERIODS)
            if began is not None and not _anything(passing.passed(connection, now, 1), began, now):
                return told
        with product.store.write(actor=SYSTEM, now=now) as work:
            some = _tell_some(work, now, product.settings.intake.unit)
        if some is None:
            return told
        told += some
    return told


def _anything(rows: Sequence[Any], began: datetime, now: datetime) -> bool:
    return bool(rows) or next(periods.ended(began, now), None) is not None


def _tell_some(work: Work, now: datetime, unit: str) -> Told | None:
    """Tell the earliest moments, and return None where there are none."""
    began = passing.told_until(work.connection, PERIODS)
    if began is None:
        # Reports on what was before the product was here are not asked for.
        passing.tell_until(work.connection, PERIODS, now)
        began = now
    rows = passing.passed(work.connection, now, AT_ONCE)
    # Beyond the last row of a full hand there may be rows that come before a period's end.
    until = rows[-1].due if len(rows) == AT_ONCE else now
    ended = list(periods.ended(began, until))
    if not rows and not ended:
        return None
    told = Told()
    moments: list[tuple[datetime, Any]] = [(row.due, row) for row in rows]
    moments += [(period.ended_at, period) for period in ended]
    for _, one in sorted(moments, key=lambda moment: moment[0]):
        told += _period(work, one, unit) if isinstance(one, Period) else _passed(work, one)
    return told


def _passed(work: Work, row: Any) -> Told:
    return Told(missed=1) if tell_passed(work, row) is not None else Told(ended=1)


def tell_passed(work: Work, row: Any) -> Recorded | None:
    """Tell that the moment of one deadline has passed (a row of `passing.passed`).

    :return: the hændelse that says it was missed; None where it ended by itself.
    """
    if Kind(row.kind) in passing.OVER:
        passing.end_by_itself(work.connection, row)
        return None
    data: dict[str, JSON] = {"frist": row.rule, "frist_id": str(row.id)}
    rule = work.rules.version(row.rule, row.rule_version) or work.rules.newest(row.rule)
    if rule is not None and row.subject_id is not None and rule.subject is not Subject.KOMMUNE:
        data[rule.subject.value] = str(row.subject_id)
    recorded = work.happened(
        Haendelse.FRIST_OVERSKREDET,
        occurred_at=row.due,
        sag=row.sag_id,
        underretning=row.underretning_id,
        person=row.person_id,
        responsible=row.responsible,
        unit=row.unit,
        data=data,
    )
    passing.mark_missed(work.connection, row, recorded.id)
    return recorded


def _period(work: Work, period: Period, unit: str) -> Told:
    work.happened(
        period.what, occurred_at=period.ended_at, unit=unit, data={"periode": period.name}
    )
    passing.tell_until(work.connection, PERIODS, period.ended_at)
    return Told(periods=1)
