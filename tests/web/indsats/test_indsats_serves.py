"""Which goals an indsats serves is chosen by whoever begins it."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.plan.test_plan_skrift import Planning

Asking: TypeAlias = Callable[..., Any]


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


def test_no_goal_is_ticked_for_an_indsats_before_somebody_chooses_it(
    desk: Planning, asking: Asking
) -> None:
    desk.made()
    [goal] = desk.goals()
    page = asking(KAREN).get(f"/dubu/sag/{desk.sag}/indsatser/ny").text
    field = page.partition(f'value="{goal.id}"')[2].partition(">")[0]
    assert "Mål, den tjener" in page
    assert "checked" not in field
