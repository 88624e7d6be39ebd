"""»Min plan« is made of what is written for the child, and says what is not in it."""

import pytest

from dubu_plugin.testing.ordinary_day import Day
from tests.web.plan.test_plan_skrift import Planning
from tests.web.skrift_desk import plain


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


def test_min_plan_is_the_same_plan_in_the_childs_words(desk: Planning) -> None:
    url = desk.made()
    (goal,) = desk.goals()
    kept = f"/dubu/kladde/minplan:{url.rpartition('/')[2]}"
    desk.client().post(kept, {f"{goal.id}-mit_maal": "Jeg vil so"})
    page = desk.client().get(f"{url}/min-plan").text
    assert ">Jeg vil so</textarea>" in page, "begun, and there again"
    assert f'data-draft="{kept}"' in page
    form = desk.fields(f"{url}/min-plan") | {f"{goal.id}-mit_maal": "Jeg vil sove længe."}
    answer = desk.client().post(f"{url}/min-plan", form)
    assert answer.status_code == 303
    shown = desk.client().get(f"{url}/min-plan").text
    assert shown.count("Jeg vil sove længe.") == 2, "in the paper and in its field"


def test_a_goal_nobody_has_put_in_the_childs_words_is_told_of_and_left_out(desk: Planning) -> None:
    url = desk.made()
    for where in (url, f"{url}/min-plan"):
        shown = plain(desk.client().get(where).text)
        assert "Mangler i Min plan: mål 1 står kun i de voksnes ord og kommer ikke med." in shown
        assert "så barnet får ingen Min plan" in shown
    (goal,) = desk.goals()
    desk.save(url, **{f"{goal.id}-barnets_ord": "Jeg vil sove længe."})
    assert "Mangler i Min plan" not in plain(desk.client().get(url).text)


def test_the_plans_own_words_stand_beside_the_field_to_be_said_anew(desk: Planning) -> None:
    url = desk.made()
    (goal,) = desk.goals()
    desk.save(url, **{f"{goal.id}-hvem_goer_hvad": "Kontaktpersonen yder morgenstøtte."})
    shown = plain(desk.client().get(f"{url}/min-plan").text)
    assert "Planen siger: Kontaktpersonen yder morgenstøtte." in shown
    assert shown.count("morgenstøtte") == 1, "and not on the child's paper"


def test_what_is_written_to_the_child_of_a_goal_another_takes_out_is_said(desk: Planning) -> None:
    url = desk.made()
    (goal,) = desk.goals()
    late = desk.fields(f"{url}/min-plan")
    desk.save(url, **{f"ud-{goal.id}": "ja"})
    mine = {"sete": late["sete"], f"{goal.id}-mit_maal": "Jeg vil komme til tiden."}
    answer = desk.client().post(f"{url}/min-plan", mine)
    assert answer.status_code == 422
    assert "»Jeg vil komme til tiden.«" in plain(answer.text)
