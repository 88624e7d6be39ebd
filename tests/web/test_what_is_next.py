"""The panel's »Næste« is what cannot wait."""

from datetime import date, timedelta

from dubu_plugin.store.deadlines import State
from dubu_plugin.store.sag_panel import OpenStep
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import NOW, Day
from dubu_plugin.web.next_view import next_step

from .conftest import Asking

SINCE = date(2024, 1, 1)


def test_a_duty_about_danger_without_a_date_comes_before_a_date_that_is_soon(
    standing_day: Day, looking: Asking
) -> None:
    looking(KAREN)
    steps = [
        OpenStep("UND-KVIT", SINCE, State.AABEN, NOW + timedelta(days=7)),
        OpenStep("UND-SAMTALE", SINCE, State.AABEN, None),
    ]
    found = next_step(standing_day.town.product, steps, NOW)
    assert found is not None
    assert found.title == "samtale med barnet"
