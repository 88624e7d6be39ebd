"""The follow-ups of a case, a line each, as what has happened tells of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.opfoelgning import CHOICES, Valg
from dubu_plugin.web.opfoelgning.view import ALL, ONE
from dubu_plugin.web.skrift.lines import Line

HELD: Final = ("Holdt", "done", "check")
"""What is said of one that was noted by hand."""


def follow_up_lines(sag: UUID, course: Iterable[Fact], now: datetime) -> Sequence[Line]:
    """Return a line for each that is held, the newest first.

    :param course: what has happened on the case.
    """
    held = [one for one in course if one.what is H.OPFOELGNING_AFHOLDT]
    return [_line(sag, one, now) for one in sorted(held, key=lambda one: one.at, reverse=True)]


def _line(sag: UUID, one: Fact, now: datetime) -> Line:
    day = danish.list_date(danish.danish_day(one.at), danish.danish_day(now))
    skrift, choice = one.data.get("skrift"), one.data.get("valg")
    url = ONE.format(sag=sag, opfoelgning=skrift) if skrift else ALL.format(sag=sag)
    known = next((valg for valg in Valg if valg == choice), None)
    mark = (CHOICES[known], "done", "check") if known else HELD
    return Line(danish.unbroken(f"Opfølgning {day}"), url, "", mark)
