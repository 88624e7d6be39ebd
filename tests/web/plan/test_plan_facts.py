"""Two who work on the same plan: what one chose of a goal is not put back by the other's save."""

from datetime import timedelta
from uuid import UUID

import pytest

from dubu_plugin.domain.maal import Aim
from dubu_plugin.testing.ordinary_day import Day
from tests.web.skrift_desk import plain

from .test_plan_skrift import Planning


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


def brother(desk: Planning) -> UUID:
    town = desk.town
    found = town.person("Viggo Testvad", born=town.now.date() - timedelta(days=5 * 365))
    town.tie(desk.plan_child(), found, "soeskende", "soeskende")
    return found


def test_whose_a_goal_is_stands_though_another_saves_a_page_from_before(desk: Planning) -> None:
    other, url = brother(desk), desk.made()
    (goal,) = desk.goals()
    late = desk.fields(url)
    assert late[f"{goal.id}-barn"] == str(desk.plan_child())
    day = (desk.town.now.date() + timedelta(days=40)).isoformat()
    desk.save(url, **{f"{goal.id}-barn": str(other), f"{goal.id}-ses_paa": day})
    answer = desk.client().post(
        url, late | {"handling": "gem", f"{goal.id}-retning": "fastholde", "formaal": "En hverdag"}
    )
    assert answer.status_code == 303
    (now,) = desk.goals()
    assert (now.person, now.looked_at_on) == (other, desk.town.now.date() + timedelta(days=40))
    assert now.aim is Aim.FASTHOLDE


def test_where_both_chose_the_second_sees_it_and_chooses_again(desk: Planning) -> None:
    url = desk.made()
    (goal,) = desk.goals()
    late = desk.fields(url)
    day, later = ((desk.town.now.date() + timedelta(days=days)).isoformat() for days in (40, 50))
    desk.save(url, **{f"{goal.id}-ses_paa": day, f"{goal.id}-retning": "fastholde"})
    refused = desk.client().post(
        url, late | {"handling": "gem", f"{goal.id}-ses_paa": later, "formaal": "En hverdag"}
    )
    assert refused.status_code == 422
    shown = plain(refused.text)
    assert "En anden har valgt »" in shown
    assert "En hverdag" in shown
    assert f'value="{later}"' in shown
    assert f'name="{goal.id}-stod" value="fastholde,{day},' in shown
    again = late | {f"{goal.id}-stod": f"fastholde,{day},{goal.person}"}
    again |= {f"{goal.id}-retning": "fastholde", f"{goal.id}-ses_paa": later, "handling": "gem"}
    assert desk.client().post(url, again).status_code == 303
    (now,) = desk.goals()
    assert now.looked_at_on == desk.town.now.date() + timedelta(days=50)
