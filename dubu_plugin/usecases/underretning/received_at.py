"""When something is said to have been received: never later than now, nor so long ago that it must
be a slip of the keys. The 24 hours and the six workdays count from it (barnets lov §§ 136, 138)."""

from datetime import datetime, timedelta
from typing import Final

from dubu_plugin.domain.danish import danish_day, weekday_date
from dubu_plugin.domain.intake import InTheFuture
from dubu_plugin.errors import CaseworkError

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""A mail server's clock may be this much ahead of ours and still be right."""
LONG_AGO: Final = timedelta(days=30)
"""Further back it is asked whether it is right."""
TOO_LONG_AGO: Final = timedelta(days=2 * 365)
"""Further back nothing is registered: what is that old is on a case, or in an archive."""


class LongAgo(CaseworkError):
    """It was received more than `LONG_AGO` ago, and nobody has said that it is right."""

    danish = (
        "Du har skrevet, at den kom {day}. Er det rigtigt, så sæt kryds ved det, og gem igen. "
        "Ellers ret datoen."
    )
    field = "modtaget"

    def __init__(self, moment: datetime) -> None:
        super().__init__(moment)
        self.day = weekday_date(danish_day(moment))


class TooLongAgo(CaseworkError):
    """It was received more than `TOO_LONG_AGO` ago, which cannot be right."""

    danish = (
        "Du har skrevet, at den kom {day}. Det er mere end to år siden, og så langt tilbage "
        "registreres der ikke. Skriv, hvornår I fik den, fx i dag kl. 09.14."
    )
    field = "modtaget"

    def __init__(self, moment: datetime) -> None:
        super().__init__(moment)
        self.day = weekday_date(danish_day(moment))


def received_at(moment: datetime, now: datetime, *, is_right: bool = False) -> datetime:
    """Return a moment of receipt that a person gave.

    :param is_right: they have been asked whether it is as long ago as that, and said yes.
    :raises InTheFuture: it is later than now.
    :raises LongAgo: it is more than 30 days back, and they have not been asked.
    :raises TooLongAgo: it is more than two years back.
    """
    if moment > now + CLOCKS_DIFFER:
        raise InTheFuture
    if moment < now - TOO_LONG_AGO:
        raise TooLongAgo(moment)
    if moment < now - LONG_AGO and not is_right:
        raise LongAgo(moment)
    return min(moment, now)
