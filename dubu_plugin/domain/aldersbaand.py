"""The eight age bands guidance is written for, and which of them a child is in.

Source: the age-divided focus areas that go with ICS. That 1-2 and 10-14 years are bands of their
own there has not been seen in print; the other six have.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day


class AgeBand(StrEnum):
    """One band. The value is what method files say."""

    UFOEDT = "ufoedt"
    MDR_0_11 = "mdr_0_11"
    AAR_1_2 = "aar_1_2"
    AAR_3_5 = "aar_3_5"
    AAR_6_9 = "aar_6_9"
    AAR_10_14 = "aar_10_14"
    AAR_15_17 = "aar_15_17"
    AAR_18_22 = "aar_18_22"

    @property
    def label(self) -> str:
        """What people call it, for example »0-11 mdr.«."""
        return LABELS[self]


LABELS: Final = {
    AgeBand.UFOEDT: "ufødt",
    AgeBand.MDR_0_11: "0-11 mdr.",
    AgeBand.AAR_1_2: "1-2 år",
    AgeBand.AAR_3_5: "3-5 år",
    AgeBand.AAR_6_9: "6-9 år",
    AgeBand.AAR_10_14: "10-14 år",
    AgeBand.AAR_15_17: "15-17 år",
    AgeBand.AAR_18_22: "18-22 år",
}

_OLDEST_FIRST: Final = (
    (18, AgeBand.AAR_18_22),
    (15, AgeBand.AAR_15_17),
    (10, AgeBand.AAR_10_14),
    (6, AgeBand.AAR_6_9),
    (3, AgeBand.AAR_3_5),
    (1, AgeBand.AAR_1_2),
    (0, AgeBand.MDR_0_11),
)
"""The age in years each band begins at."""


def band_on(birth: date, day: date, *, unborn: bool = False) -> AgeBand:
    """Return the band a child is in on a Danish day. After the last band it stays in that.

    :param birth: the day it was born, or is expected; before that day it is unborn.
    :param unborn: it is known not to be born yet, also where the day it was expected has passed.
    """
    age = age_on(birth, day)
    if unborn:
        return AgeBand.UFOEDT
    return next((band for first, band in _OLDEST_FIRST if age >= first), AgeBand.UFOEDT)


def band_at(birth: date, now: datetime, *, unborn: bool = False) -> AgeBand:
    """Return the band a child is in at an aware moment, by the Danish day it falls on."""
    return band_on(birth, danish_day(now), unborn=unborn)
