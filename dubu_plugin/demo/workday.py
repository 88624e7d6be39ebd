"""When people at work do something: on a working day, between eight and four."""

import random
from datetime import UTC, datetime, time, timedelta
from typing import Final

from dubu_plugin.domain.danish import COPENHAGEN
from dubu_plugin.domain.hverdage import Profile, hverdag_until

OPEN: Final = 8
SHUT: Final = 16


def workday(moment: datetime, pick: random.Random) -> datetime:
    """Return a moment in the office hours of this Danish day, or of the working day before it."""
    day = hverdag_until(moment.astimezone(COPENHAGEN).date(), Profile.DUTY)
    minutes = pick.randrange((SHUT - OPEN) * 60)
    local = datetime.combine(day, time(OPEN), COPENHAGEN) + timedelta(minutes=minutes)
    return local.astimezone(UTC)
