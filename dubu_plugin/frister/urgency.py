"""How urgent something is, and how far today reaches, for the one who plans a working day."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.danish import COPENHAGEN, danish_day
from dubu_plugin.domain.hverdage import ONE_DAY, Profile, hverdag_from

AT_WORK: Final = time(10)
"""When a working day has begun: what is due earlier was work for the day before."""

FAR: Final = timedelta(days=183)
"""What is due later than this, and not warned of, stands on no page yet."""


class Group(StrEnum):
    """How urgent, in the order the page has them."""

    OVERSKREDET = "overskredet"
    I_DAG = "i_dag"
    SNART = "snart"
    SENERE = "senere"


PRESSING: Final = (Group.OVERSKREDET, Group.I_DAG)


@dataclass(frozen=True, slots=True)
class Days:
    """The moments that part the groups."""

    now: datetime
    end_of_today: datetime
    soon: datetime
    """What is due before this is soon, also where its own warning has not come."""


def group_of(due: datetime | None, warn: datetime | None, days: Days) -> Group:
    """Return how urgent a deadline is. A duty the law gives no number of days is soon."""
    if due is None:
        return Group.SNART
    if due < days.now:
        return Group.OVERSKREDET
    if due <= days.end_of_today:
        return Group.I_DAG
    warned = warn is not None and warn <= days.now
    return Group.SNART if warned or due <= days.soon else Group.SENERE


def bundle_group(
    due: datetime | None,
    warn: datetime | None,
    days: Days,
    *,
    undated: bool,
    at_once: bool = False,
) -> tuple[Group, datetime | None]:
    """Return how urgent one line of several deadlines is, and the date that stands on it.

    A duty of the law without a date has to be done now. A date that can wait does not bury it: the
    line is soon, and has no date. Where it is about danger the line is of today.

    :param due: the first there is.
    :param undated: such a duty is among them.
    :param at_once: one of them is about danger or liberty.
    """
    group = group_of(due, warn, days)
    if at_once and group not in PRESSING:
        return Group.I_DAG, None
    if undated and group is Group.SENERE:
        return Group.SNART, None
    return group, due


def far_from(now: datetime) -> datetime:
    """Return the moment after which a deadline is far away."""
    return now + FAR


def today_until(now: datetime) -> datetime:
    """Return the moment work has begun again: ten o'clock on the next working day.

    What is due before it has to be done today, since nobody who comes in the morning still has time
    for it. On a Friday that is also what falls due on Saturday and Sunday: the authority's own
    deadlines do not move.
    """
    tomorrow = danish_day(now) + ONE_DAY
    begins = datetime.combine(hverdag_from(tomorrow, Profile.DUTY), AT_WORK, COPENHAGEN)
    return begins.astimezone(UTC)
