"""Min dag is drawn at any hour, also when a deadline of today is past."""

from datetime import timedelta

import pytest

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.min_dag.due_heads import Scope
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import NOW, Day
from dubu_plugin.web.min_dag import page as min_dag_page

ROLES = frozenset({Role.CASEWORKER, Role.TEAM_LEADER})


@pytest.mark.parametrize("hours", [*range(0, 48, 3), 24 * 60])
def test_the_day_is_drawn(standing_day: Day, hours: int) -> None:
    moment = NOW + timedelta(hours=hours)
    product = standing_day.town.product
    drawn = min_dag_page.day(product, Asker(KAREN, ROLES), moment, scope=Scope.MINE)
    assert danish.WEEKDAYS[danish.danish_day(moment).weekday()] in drawn.headline.lower()


def test_a_deadline_of_this_morning_says_what_is_left_in_the_words_of_indgang(
    standing_day: Day,
) -> None:
    product = standing_day.town.product
    asker = Asker(KAREN, ROLES)
    told: set[str] = set()
    for hours in range(24):
        shown = min_dag_page.day(product, asker, NOW + timedelta(hours=hours), scope=Scope.MINE)
        told |= {line.away for group in shown.groups for line in group.lines}
    words = [away.replace("\xa0", " ") for away in told]
    assert any(away.endswith("tilbage") and " t. " in away for away in words), words
    assert any(away.endswith("over tiden") for away in words), words
    assert not any("siden" in away and " t. " in away for away in words)
