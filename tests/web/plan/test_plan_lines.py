"""What is read on one line of a goal is kept so, though its field grows with what is typed."""

import pytest

from dubu_plugin.testing.ordinary_day import Day
from tests.web.plan.test_plan_skrift import Planning


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


def test_what_is_typed_on_more_lines_is_one(desk: Planning) -> None:
    url = desk.made()
    [goal] = desk.goals()
    for name in ("indikator", "start", "oensket", "ansvarlig"):
        assert f'<textarea class="form-input form-input--line" id="f-{goal.id}-{name}"' in (
            desk.client().get(url).text
        )
    assert desk.save(url, **{f"{goal.id}-oensket": "2 om ugen,\r\n og en\n"}).status_code == 303
    [goal] = desk.goals()
    assert goal.said["oensket"] == "2 om ugen, og en"
