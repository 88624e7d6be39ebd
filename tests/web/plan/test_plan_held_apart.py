"""A plan is not sent to a family where somebody is held apart before somebody has looked."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from dubu_plugin.store.family import netvaerk
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.usecases.afgoerelse.bench import hidden_place
from tests.web.plan.test_plan_skrift import Planning
from tests.web.skrift_desk import plain


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


def apart(desk: Planning) -> UUID:
    """Have the mother be held apart from the others."""
    town, child = desk.town, desk.bfu.person
    mother = town.person("Sofie Testvad")
    town.tie(child, mother, "mor", "barn")
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        line = netvaerk.one(work.connection, child, mother)
        assert line is not None
        part = replace(line.part, apart=True)
        netvaerk.change(work.connection, line, part, by=KAREN, now=town.now)
    return mother


def test_paragraf_27_a_plan_that_goes_to_somebody_takes_a_tick(desk: Planning) -> None:
    mother, url = apart(desk), desk.made()
    refused = desk.send(url, modtager=str(mother))
    assert refused.status_code == 422
    assert "sæt flueben i »Jeg har set«" in plain(refused.text)
    assert re.search(rf'value="{mother}" id="[^"]*" checked', refused.text), "who was ticked is"
    assert desk.codes() == []
    assert desk.send(url, modtager=str(mother), adskilt_set="ja").status_code == 303
    assert "plan_brev" in desk.codes()


def test_paragraf_27_a_plan_that_goes_to_nobody_takes_none(desk: Planning) -> None:
    apart(desk)
    assert desk.send(desk.made()).status_code == 303


def test_paragraf_105_a_plan_that_goes_to_a_parent_takes_a_tick_where_the_place_is_hidden(
    desk: Planning,
) -> None:
    mother, url = desk.town.person("Sofie Testvad"), desk.made()
    desk.town.tie(desk.bfu.person, mother, "mor", "barn")
    assert "hvor barnet er" not in desk.client().get(url).text
    hidden_place(desk.town, desk.sag, desk.bfu.person)
    assert "Jeg har set, at brevene ikke røber, hvor barnet er" in desk.client().get(url).text
    refused = desk.send(url, modtager=str(mother))
    assert refused.status_code == 422
    assert "(§ 105)" in plain(refused.text)
    assert desk.send(url, modtager=str(mother), adskilt_set="ja").status_code == 303
