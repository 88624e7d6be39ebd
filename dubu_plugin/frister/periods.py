"""When months, quarters and years end, which is when the municipality's reports begin to be due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import add_months, end_of_month


@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter or a year that has ended."""

    what: Haendelse
    ended_at: datetime
    """Its last second, in UTC."""
    name: str
    """Which one: ``2026-03``, ``2026-K1`` or ``2026``."""


def ended(after: datetime, until: datetime) -> Iterator[Period]:
    """Yield what ended after one moment and no later than another, in order."""
    day = end_of_month(danish_day(after))
    while (at := end_of_day(day).astimezone(UTC)) <= until:
        if at > after:
            yield from _of(day, at)
        day = end_of_month(add_months(day.replace(day=1), 1))


def _of(day: date, at: datetime) -> Iterator[Period]:
    yield Period(Haendelse.MAANED_SLUTTET, at, f"{day:%Y-%m}")
    if day.month % 3 == 0:
        yield Period(Haendelse.KVARTAL_SLUTTET, at, f"{day.year}-K{day.month // 3}")
    if day.month == 12:
        yield Period(Haendelse.AAR_SLUTTET, at, str(day.year))
