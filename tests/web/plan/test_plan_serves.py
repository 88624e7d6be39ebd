"""A goal's card says which indsatser serve it, also in the form that comes back."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest

from dubu_plugin.store.plan.served import served_by
from dubu_plugin.store.tables import indsatser
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.plan.test_plan_skrift import Planning


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


def helped(desk: Planning) -> UUID:
    number = uuid4()
    desk.town.insert(
        indsatser, id=number, sag_id=desk.sag, person_id=desk.plan_child(), state="i_gang",
        code="familiebehandling", law="BL § 32", decision_law="BL § 32", unit="timer",
        starts_on=date(2026, 2, 1), made_at=desk.town.now, made_by=KAREN, version=1,
    )  # fmt: skip
    return number


def serving(desk: Planning, goal: UUID) -> list[UUID]:
    with desk.town.product.store.read() as connection:
        return [one.id for one in served_by(connection, [goal])[goal]]


def test_an_indsats_is_ticked_at_the_goal_it_serves(desk: Planning) -> None:
    one, url = helped(desk), desk.made()
    [goal] = desk.goals()
    tick = f"{goal.id}-indsats-{one}"
    shown = desk.client().get(url).text
    assert "Indsatser, der tjener målet" in shown
    assert f'name="{tick}" value="ja"' in shown
    assert desk.save(url, **{tick: "ja"}).status_code == 303
    assert serving(desk, goal.id) == [one]
    assert "checked" in _tick(desk.client().get(url).text, tick)
    assert desk.save(url).status_code == 303
    assert serving(desk, goal.id) == [], "the tick is taken off again"


def test_a_tick_that_was_taken_off_is_off_in_the_form_that_comes_back(desk: Planning) -> None:
    one, url = helped(desk), desk.made()
    [goal] = desk.goals()
    tick = f"{goal.id}-indsats-{one}"
    desk.save(url, **{tick: "ja"})
    wrong = {f"{goal.id}-ses_paa": "i morgen"}
    again = desk.save(url, **wrong)
    assert again.status_code == 422
    assert "checked" not in _tick(again.text, tick)
    again = desk.save(url, **wrong, **{tick: "ja"})
    assert "checked" in _tick(again.text, tick)
    assert serving(desk, goal.id) == [one]


def test_where_nothing_runs_there_is_nothing_to_tick(desk: Planning) -> None:
    assert "Indsatser, der tjener målet" not in desk.client().get(desk.made()).text


def _tick(text: str, name: str) -> str:
    at = text.index(f'name="{name}"')
    return text[at : text.index(">", at)]


def test_a_tick_another_put_stands_though_a_page_from_before_is_saved(desk: Planning) -> None:
    one, url = helped(desk), desk.made()
    [goal] = desk.goals()
    late = desk.fields(url)
    desk.save(url, **{f"{goal.id}-indsats-{one}": "ja"})
    answer = desk.client().post(url, late | {"handling": "gem", "formaal": "En hverdag"})
    assert answer.status_code == 303
    assert serving(desk, goal.id) == [one]


def test_what_began_while_the_form_was_open_can_be_ticked_when_it_comes_back(
    desk: Planning,
) -> None:
    url = desk.made()
    [goal] = desk.goals()
    before = desk.fields(url)
    since = helped(desk)
    wrong = {f"{goal.id}-ses_paa": "i morgen"}
    again = desk.client().post(url, before | {"handling": "gem"} | wrong)
    assert again.status_code == 422
    tick, carried = f"{goal.id}-indsats-{since}", f"{goal.id}-indsats-"
    assert f'name="{tick}"' in again.text
    [kept] = re.findall(f'name="{carried}" value="([^"]*)"', again.text)
    sent = before | {carried: kept, tick: "ja", "handling": "gem"}
    assert desk.client().post(url, sent).status_code == 303
    assert serving(desk, goal.id) == [since]
