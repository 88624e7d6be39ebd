"""Two who work on the same plan: what one chose of a goal is not put back by the other's save."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from dubu_plugin.domain.maal import Aim
from dubu_plugin.testing.fake_ports import METTE
from dubu_plugin.testing.ordinary_day import Day
from tests.web.skrift_desk import plain

from .test_plan_serves import helped, serving
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


def test_what_is_kept_beside_a_text_both_wrote_can_be_chosen_back(desk: Planning) -> None:
    one, url = helped(desk), desk.made()
    (goal,) = desk.goals()
    late, tick = desk.fields(url), f"{goal.id}-indsats-{one}"
    desk.save(url, formaal="Ro om morgenen")
    mine = {"formaal": "En hverdag", f"{goal.id}-retning": "fastholde", tick: "ja",
            "nyt_maal": "Noah svømmer"}  # fmt: skip
    clashed = desk.client().post(url, late | {"handling": "gem"} | mine)
    assert clashed.status_code == 422
    carried = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', clashed.text)
    back = {"formaal": "Ro i en hverdag", f"{goal.id}-retning": late[f"{goal.id}-retning"]}
    assert 'value="Noah svømmer"' not in clashed.text, "it is on the plan"
    assert ">Noah svømmer</textarea>" in clashed.text
    answer = desk.client().post(url, late | dict(carried) | {"handling": "gem"} | back)
    assert answer.status_code == 303
    now, new = desk.goals()
    assert (now.aim, new.text) == (goal.aim, "Noah svømmer")
    assert serving(desk, goal.id) == []
    assert "Ro i en hverdag" in desk.client().get(url).text


def test_what_is_written_in_a_goal_another_takes_out_is_said_and_the_rest_is_kept(
    desk: Planning,
) -> None:
    url = desk.made()
    (goal,) = desk.goals()
    late = desk.fields(url)
    desk.save(url, **{f"ud-{goal.id}": "ja"})
    mine = {f"{goal.id}-hvem_goer_hvad": "Trine kommer om morgenen.", "formaal": "En hverdag"}
    answer = desk.client().post(url, late | {"handling": "gem"} | mine)
    assert answer.status_code == 422
    shown = plain(answer.text)
    assert "Målet »Noah kommer til tiden« er taget ud af planen imens." in shown
    assert "»Trine kommer om morgenen.«" in shown
    assert "Det er ikke gemt" in shown
    assert "Det andet er gemt og står her." in shown
    assert "En hverdag" in desk.client().get(url).text


def test_a_goal_another_takes_out_is_not_spoken_of_where_nothing_was_written_in_it(
    desk: Planning,
) -> None:
    url = desk.made()
    (goal,) = desk.goals()
    late = desk.fields(url)
    assert late[f"{goal.id}-ansvarlig"], "who is responsible is suggested"
    desk.save(url, **{f"ud-{goal.id}": "ja"})
    answer = desk.client().post(url, late | {"handling": "gem", "formaal": "En hverdag"})
    assert answer.status_code == 303


def test_what_a_draft_holds_of_a_goal_another_takes_out_is_said_where_it_is_opened(
    desk: Planning,
) -> None:
    url = desk.made()
    (goal,) = desk.goals()
    late = desk.fields(url) | {f"{goal.id}-hvem_goer_hvad": "Trine kommer om morgenen."}
    kept = f"/dubu/kladde/plan:{url.rpartition('/')[2]}"
    assert desk.client().post(kept, late).status_code == 200
    assert "er taget ud af planen" not in plain(desk.client().get(url).text)
    desk.client(METTE).post(url, desk.fields(url, METTE) | {f"ud-{goal.id}": "ja"})
    assert desk.goals() == []
    shown = plain(desk.client().get(url).text)
    assert "Målet »Noah kommer til tiden« er taget ud af planen imens." in shown
    assert "»Trine kommer om morgenen.«" in shown
