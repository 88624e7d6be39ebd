"""How urgent something is, and how far today reaches, for the one who plans a working day."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.hverdage import ONE_DAY, Profile, hverdag_from


class Group(StrEnum):
    """How urgent, in the order the page has them."""

    OVERSKREDET = "overskredet"
    I_DAG = "i_dag"
    SNART = "snart"
    SENERE = "senere"


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


def today_until(now: datetime) -> datetime:
    """Return the last second before the next working day.

    What is due before it has to be done today: on a Friday that is also what falls due on Saturday
    and Sunday, since the authority's own deadlines do not move.
    """
    tomorrow = danish_day(now) + ONE_DAY
    return end_of_day(hverdag_from(tomorrow, Profile.DUTY) - ONE_DAY)
