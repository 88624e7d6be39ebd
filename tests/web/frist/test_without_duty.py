"""A case that is worked on and has no duty standing is found: nobody is reminded of it."""

import re
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import frister, sager
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import client_of

URL = "/dubu/sager/uden-frist"


def let_lapse(day: Day) -> None:
    """Let every duty end, so that nothing stands on any case."""
    with day.town.product.store.write(actor="test", now=day.town.now) as work:
        work.connection.execute(sa.update(frister).values(state="bortfaldet"))


def listed(day: Day, who: str) -> bool:
    return f'href="/dubu/sag/{day.elias_sag}"' in client_of(day, who).get(URL).text


def test_a_case_with_a_duty_is_not_there(day: Day) -> None:
    assert not listed(day, KAREN)
    assert "Der er ingen" in client_of(day, KAREN).get(URL).text


def test_a_case_without_is_on_the_list_of_who_has_it_and_of_their_leader(day: Day) -> None:
    let_lapse(day)
    assert listed(day, KAREN)
    assert listed(day, HENRIK)
    assert not listed(day, ANDERS)


def test_a_closed_case_is_done_with(day: Day) -> None:
    let_lapse(day)
    with day.town.product.store.write(actor="test", now=day.town.now) as work:
        work.connection.execute(sa.update(sager).values(phase="closed"))
    assert not listed(day, KAREN)


def leave_only(day: Day, code: str, due: datetime) -> None:
    """Let every duty end but one that is made: of this rule, due then, on one case."""
    let_lapse(day)
    values = {
        "id": uuid4(), "anchor_id": uuid4(), "rule": code, "rule_version": date(2024, 1, 1),
        "sag_id": day.elias_sag, "anchor_at": day.town.now, "due": due, "state": "aaben",
        "profile": "hverdag_duty", "bundle": "x:1", "responsible": KAREN, "unit": "modtagelse",
    }  # fmt: skip
    with day.town.product.store.write(actor="test", now=day.town.now) as work:
        work.connection.execute(sa.insert(frister).values(values))


@pytest.mark.parametrize(
    ("code", "ahead", "forgotten"),
    [("PART-15", 200, True), ("UNGEPLAN", 900, True), ("PART-15", 150, False),
     ("OPF-N", 900, False)],
)  # fmt: skip
def test_a_birthday_years_ahead_is_nothing_anybody_is_reminded_of(
    day: Day, code: str, ahead: int, forgotten: bool
) -> None:
    leave_only(day, code, day.town.now + timedelta(days=ahead))
    assert listed(day, KAREN) is forgotten


def told(day: Day, who: str) -> list[str]:
    shown = client_of(day, who).get("/dubu/overblik").text
    return re.findall(rf'<a href="{URL}">([^<]*) uden frist</a>', shown)


def test_a_leader_is_told_on_the_overblik_how_many_there_are(day: Day) -> None:
    assert told(day, HENRIK) == []
    let_lapse(day)
    shown = client_of(day, HENRIK).get(URL).text
    number = shown.count("data-line")
    assert told(day, HENRIK) == [f"{number} sager"]
    assert told(day, KAREN) == [], "she sees her own on Min dag"
