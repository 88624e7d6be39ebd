"""By which day an application is to be answered (retssikkerhedsloven § 3, stk. 2)."""

from datetime import date, datetime

import sqlalchemy as sa

from dubu_plugin.domain.ansoegning import sought
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.domain.svarfrister import Svarfrister
from dubu_plugin.frister.counting import Length, counted
from dubu_plugin.frister.rule import Rule
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.egne.svarfrister import Waiting
from dubu_plugin.store.transaction import Work

FACT = "svarfrist"
"""What a hændelse calls the day; the deadline is due on it."""
AREA = "omraade"


def day_of(times: Svarfrister, area: str | None, received_at: datetime) -> date | None:
    """Return the day the municipality's own time gives; None where the area has none."""
    one = times.find(area, danish_day(received_at))
    if one is None:
        return None
    return danish_day(counted(received_at, Length.parse(one.length), Profile.DUTY).due)


def area_in(times: Svarfrister, text: str, received_at: datetime) -> str | None:
    """Return what an application seems to be about, out of its words; None where none tells.

    One that asks for several things is answered by the shortest of their times.
    """
    found = sought(text)
    days = {area: day_of(times, area, received_at) for area in found}
    return min(found, key=lambda area: days[area] or date.max, default=None)


def said_on_receipt(
    connection: sa.Connection, text: str, received_at: datetime, chosen: str | None
) -> dict[str, str]:
    """Return what the receipt of an application says: what it is about, and its own day if any.

    :param chosen: what somebody has said it is about; else the words tell.
    """
    times = svarfrister.standing(connection)
    area = chosen or area_in(times, text, received_at)
    if area is None:
        return {}
    day = day_of(times, area, received_at)
    return {AREA: area, **({FACT: day.isoformat()} if day else {})}


def counted_anew(work: Work, one: Waiting, area: str | None) -> bool:
    """Have an application answered by the time of an area; tell whether its day is another now.

    A day the applicant has been told stands: that is decided before this is called.
    """
    day = day_of(svarfrister.standing(work.connection), area, one.received_at) or _by_law(
        work, one.received_at
    )
    if one.due is not None and danish_day(one.due) == day:
        return False
    work.happened(
        Haendelse.ANSOEGNING_OMRAADE_VALGT,
        # The clock runs from the receipt, whoever says when what it is about.
        occurred_at=one.received_at,
        sag=one.sag,
        underretning=one.underretning,
        person=one.child,
        data={AREA: area, FACT: day.isoformat()},
    )
    return True


def _by_law(work: Work, received_at: datetime) -> date:
    rule = rule_of(work)
    term = rule.by_law(received_at)
    assert term is not None, "the rule has a length"
    return danish_day(term.due)


def rule_of(work: Work) -> Rule:
    """Return the rule of the answer as it is now."""
    rule = work.rules.newest(svarfrister.RULE)
    assert rule is not None, "it is one of ours"
    return rule
