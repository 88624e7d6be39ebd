"""Who has left keeps no case: the leader sees them in one list and shares them out."""

import re
from dataclasses import replace

import sqlalchemy as sa

from dubu_plugin.store import staff
from dubu_plugin.store.tables import conflicts, sager
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN, METTE, STAFF, UNITS
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.upkeep.leave_to_unit import leave_to_unit
from tests.web.conftest import client_of

URL = "/dubu/sager/ingen-har"


def leaves(day: Day, who: str = KAREN) -> None:
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        staff.refresh(work, [replace(one, active=one.key != who) for one in STAFF], UNITS)
    leave_to_unit(day.town.product, day.town.now)


def has(day: Day) -> str | None:
    with day.town.product.store.read() as connection:
        asked = sa.select(sager.c.responsible).where(sager.c.id == day.elias_sag)
        found: str | None = connection.scalar(asked)
    return found


def listed(day: Day, who: str) -> str:
    shown = client_of(day, who).get(URL).text
    found = re.search(rf'<a[^>]*href="/dubu/sag/{day.elias_sag}".*?</li>', shown, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group()).split()) if found else ""


def test_the_case_of_who_has_left_is_on_the_leaders_list_with_who_had_it(day: Day) -> None:
    assert listed(day, HENRIK) == ""
    leaves(day)
    assert "Karen Demotoft havde den og arbejder ikke med sager mere" in listed(day, HENRIK)
    assert listed(day, ANDERS) == ""


def test_the_leader_gives_it_to_a_colleague(day: Day) -> None:
    leaves(day)
    answer = client_of(day, HENRIK).post(URL, {"sag": [str(day.elias_sag)], "til": METTE})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{URL}?givet=1")
    assert has(day) == METTE
    assert listed(day, HENRIK) == ""
    assert "1 sag er givet videre" in client_of(day, HENRIK).get(f"{URL}?givet=1").text


def test_the_overblik_says_how_many_there_are_and_leads_there(day: Day) -> None:
    leaves(day)
    shown = client_of(day, HENRIK).get("/dubu/overblik").text
    assert re.search(rf'<a href="{URL}">\d+ sager har ingen ansvarlig</a>', shown)


def test_nothing_chosen_and_nobody_chosen_are_sentences(day: Day) -> None:
    leaves(day)
    client = client_of(day, HENRIK)
    nothing = client.post(URL, {"til": METTE})
    assert nothing.status_code == 422
    assert "Vælg de sager, kollegaen skal have." in nothing.text
    nobody = client.post(URL, {"sag": [str(day.elias_sag)], "til": ""})
    assert nobody.status_code == 422
    assert "Vælg en kollega, der er her nu." in nobody.text
    assert "Vælg en enhed" not in nobody.text, "no unit can be chosen here"
    assert re.search(rf'value="{day.elias_sag}"[^>]*checked', nobody.text)
    assert has(day) is None


def test_nobody_gets_a_case_on_their_own_family(day: Day) -> None:
    leaves(day)
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        child = sa.select(sager.c.child_id).where(sager.c.id == day.elias_sag).scalar_subquery()
        mine = {"employee": METTE, "relation": "familie", "person_id": child}
        work.connection.execute(sa.insert(conflicts).values(mine))
    answer = client_of(day, HENRIK).post(URL, {"sag": [str(day.elias_sag)], "til": METTE})
    assert answer.status_code == 422
    assert "Den kollega kan ikke få netop denne" in answer.text
    assert has(day) is None


def test_who_may_not_work_on_it_cannot_give_it(day: Day) -> None:
    leaves(day)
    answer = client_of(day, ANDERS).post(URL, {"sag": [str(day.elias_sag)], "til": METTE})
    assert answer.status_code in (403, 404)
    assert has(day) is None


def test_what_was_given_before_one_is_refused_is_told_and_the_rest_is_still_chosen(
    day: Day,
) -> None:
    leaves(day)
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        child = sa.select(sager.c.child_id).where(sager.c.id == day.elias_sag).scalar_subquery()
        mine = {"employee": METTE, "relation": "familie", "person_id": child}
        work.connection.execute(sa.insert(conflicts).values(mine))
    both = [str(day.noah_sag), str(day.elias_sag)]
    answer = client_of(day, HENRIK).post(URL, {"sag": both, "til": METTE})
    assert answer.status_code == 422
    assert "Ikke alle sager er givet videre" in answer.text
    assert "1 sag er givet videre. Resten er valgt endnu." in answer.text
    assert "Den kollega kan ikke få netop denne" in answer.text
    assert re.search(rf'value="{day.elias_sag}"[^>]*checked', answer.text)
    assert str(day.noah_sag) not in answer.text
    assert has(day) is None


def test_a_number_in_the_address_that_is_none_says_nothing(day: Day) -> None:
    leaves(day)
    for odd in ("x", "", "-1", "99999", "٣"):
        shown = client_of(day, HENRIK).get(URL, params={"givet": odd})
        assert shown.status_code == 200
        assert 'role="status"' not in shown.text
