"""Where a deadline says its clock started, and what lies too early to end it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.frister.counting import Unit
from dubu_plugin.frister.rule import MISSED, NOTHING, Rule, Subject

WHENEVER: Final = frozenset({Subject.UNDERRETNING, Subject.KOMMUNE})


def counts_on_from_fact(rule: Rule) -> bool:
    """Tell whether a rule counts forwards from a day that is told, such as ``kendskab``."""
    return bool(rule.from_fact) and rule.before is None


def counted_from(rule: Rule, at: datetime, data: Mapping[str, object] = NOTHING) -> datetime:
    """Return the moment a deadline is counted from, in UTC: what its row keeps as its start.

    That is the told day where the rule counts forwards from one, the start of it; four months from
    the day the municipality came to know (barnets lov § 20, stk. 3). Else it is the hændelse's own
    moment. What is counted back from a day to come, such as a term, has not started on that day.

    :param at: when the hændelse occurred.
    :param data: the hændelse's.
    :raises ValueError: a fact that should be a date is none.
    """
    start = rule.starts_at(at, data) if counts_on_from_fact(rule) else at
    return start.astimezone(UTC)


def clock_started(rule: Rule, opened: datetime, born: date | None) -> datetime:
    """Return when the time somebody has began to run.

    A duty with a length from a birthday begins on it, however long before it was opened (ungeplan,
    barnets lov § 108); opened after the birthday it began then.

    :param opened: what the deadline's row keeps as its start.
    """
    if rule.age is None or rule.length is None or born is None:
        return opened
    return max(start_of_day(birthday(born, rule.age)), opened)


def is_too_early(rule: Rule, opened: datetime, at: datetime) -> bool:
    """Tell whether something was done before what asks for it had happened, so it ends nothing.

    A deadline in days is compared by the day, for only its day is asked for. What is done about an
    underretning counts whenever it was done; so does what needs only to be in place, and a report
    that is sent on the last days of its period.

    :param opened: when the hændelse occurred that set the clock going.
    :param at: when it was done.
    """
    if rule.kind not in MISSED or rule.subject in WHENEVER:
        return False
    if rule.length is not None and rule.length.unit is Unit.HOURS:
        return at < opened
    return danish_day(at) < danish_day(opened)
