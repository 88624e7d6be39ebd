"""What nobody in the unit has taken: one line of Min dag, each of it in the fold with its link."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest

from dubu_plugin.store.min_dag.due_lines import due_lines, somebody, untaken_words
from dubu_plugin.store.min_dag.lines import Untaken
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import NOW, Day
from tests.web.conftest import Asking

URL = "/dubu/min-dag"
NAMES = ("Prøve-Astrid Testvad", "Prøve-Bo Testvad", "Prøve-Carl Testvad")


@pytest.fixture
def came(day: Day) -> list[UUID]:
    """Let three come in that nobody takes, the first of them due in the coming night."""
    return [
        day.town.underretning(
            "Ny",
            child=day.town.person(name, born=date(2016, 5, 4)),
            received_at=NOW - timedelta(hours=9, minutes=place),
        )
        for place, name in enumerate(NAMES)
    ]


def line_of(page: str) -> str:
    (found,) = [one for one in re.findall(r"<li class=\"due.*?</details>", page, re.S)
                if "har ingen taget" in one]  # fmt: skip
    last: str = found.rpartition('<li class="due')[2]
    return last


def test_it_is_one_line_that_names_each_with_its_link(
    day: Day, asking: Asking, came: list[UUID]
) -> None:
    page = asking(KAREN).get(f"{URL}?vis=mine").text
    line = line_of(page)
    for name, one in zip(NAMES, came, strict=True):
        assert name in line
        assert f'href="/dubu/indgang/{one}"' in line
        assert page.count(name) == 1, "no line twice"
    assert "den første frist" in line


def test_for_the_reception_it_leads_to_what_nobody_has_in_indgang(
    day: Day, asking: Asking, came: list[UUID]
) -> None:
    assert 'href="/dubu/indgang?vis=ingens" data-line' in line_of(asking(KAREN).get(URL).text)


def test_the_filter_shows_each_for_itself(day: Day, asking: Asking, came: list[UUID]) -> None:
    page = asking(KAREN).get(f"{URL}?kun=ingens").text
    assert "har ingen taget" not in page
    for one in came:
        assert re.search(rf'href="/dubu/indgang/{one}" data-line', page)


def test_the_list_of_the_command_line_has_each_for_itself(day: Day, came: list[UUID]) -> None:
    store = day.town.product.store
    with store.read() as connection:
        who = somebody(connection, KAREN)
        assert who is not None
        told = due_lines(connection, store.rules, who, NOW)
    assert {one.child for one in told if one.responsible is None} >= set(NAMES)
    assert not any(one.title.endswith("har ingen taget") for one in told)
    assert all(one.rule for one in told if one.responsible is None)


def test_a_case_with_several_bundles_is_counted_once_and_what_is_assessed_is_no_underretning() -> (
    None
):
    some = Untaken.of(
        "u", ("underretning:a", "plan:a", "afgoerelse:a", "underretning:b"), ("underretning:b",), ()
    )
    assert untaken_words(some) == "1 underretning og 1 sag har ingen taget"
    assert some.more == 4, "the fold has each line"
