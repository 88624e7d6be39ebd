"""How far today reaches, for the one who plans a working day."""

from datetime import datetime

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.hverdage import ONE_DAY, Profile, hverdag_from


def today_until(now: datetime) -> datetime:
    """Return the last second before the next working day.

    What is due before it has to be done today: on a Friday that is also what falls due on Saturday
    and Sunday, since the authority's own deadlines do not move.
    """
    tomorrow = danish_day(now) + ONE_DAY
    return end_of_day(hverdag_from(tomorrow, Profile.DUTY) - ONE_DAY)
