"""Moments and Danish days. A moment is stored in UTC and judged in Danish time.

The Danish day near midnight is not the UTC one, and a day may be 23 or 25 hours long.
"""

from datetime import date, datetime, time, timedelta

from dubu_plugin.domain.danish import COPENHAGEN


def danish(moment: datetime) -> datetime:
    """Return an aware moment as a Danish clock shows it."""
    return moment.astimezone(COPENHAGEN)


def start_of_day(day: date) -> datetime:
    """Return the first moment of a Danish day."""
    return datetime.combine(day, time(), COPENHAGEN)


def end_of_day(day: date) -> datetime:
    """Return the last second of a Danish day: when something due that day is overdue."""
    return datetime.combine(day, time(23, 59, 59), COPENHAGEN)


def is_skipped(local: datetime) -> bool:
    """Tell whether no Danish clock ever shows this time: it lies in the hour that is left out when
    the clocks go forward. An aware moment is always one."""
    before, after = _offsets(local)
    return before < after


def is_twice(local: datetime) -> bool:
    """Tell whether Danish clocks show this time twice, as they do when they go back."""
    before, after = _offsets(local)
    return before > after


def _offsets(local: datetime) -> tuple[timedelta, timedelta]:
    """Return how far from UTC a time is, read as Danish before and after the clocks changed."""
    if local.tzinfo:
        return timedelta(), timedelta()
    first, second = (local.replace(tzinfo=COPENHAGEN, fold=fold).utcoffset() for fold in (0, 1))
    assert first is not None
    assert second is not None
    return first, second


def understood(text: str) -> datetime:
    """Return the moment of an ISO 8601 text; one without offset is read as Danish time.

    A date alone is the start of that day. Of the hour that happens twice in October the first is
    meant.

    :raises ValueError: the text is no such moment.
    """
    moment = datetime.fromisoformat(text)
    return danish(moment) if moment.tzinfo else moment.replace(tzinfo=COPENHAGEN)
