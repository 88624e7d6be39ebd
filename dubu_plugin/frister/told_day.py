"""A day or a moment a hændelse tells of, as a rule counts by it."""

from datetime import date, datetime

from dubu_plugin.domain.danish_time import danish, start_of_day, understood


def is_moment(given: object) -> bool:
    """Tell whether a fact says a time of day too."""
    return isinstance(given, datetime) or (isinstance(given, str) and "T" in given)


def moment_of(given: object) -> datetime:
    """Return a fact's moment; a date alone is the start of that Danish day.

    :raises ValueError: it is no date.
    """
    if isinstance(given, datetime):
        return danish(given)
    if isinstance(given, date):
        return start_of_day(given)
    if isinstance(given, str):
        return understood(given)
    raise ValueError("the fact is no date")
