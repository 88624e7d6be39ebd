"""A leader approves the words that were on the screen, and no others."""

import re

import pytest

from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.testing.fake_ports import HENRIK
from dubu_plugin.testing.ordinary_day import Day
from tests.web.skrift_desk import Pages, plain

READ = re.compile(r'name="laest" value="(\w+)"')


@pytest.fixture
def desk(day: Day) -> Pages:
    return Pages(day)


def test_what_was_written_since_the_leader_read_it_is_read_before_it_is_approved(
    desk: Pages,
) -> None:
    desk.finished(desk.bfu)
    desk.client().post(desk.url, {"handling": "fremlaeg"})
    read = READ.findall(desk.shown("hele-teksten", HENRIK))[0]
    desk.put(desk.bfu, konklusion="Skrevet efter, at lederen læste.")
    leader = desk.client(HENRIK)
    answer = leader.post(desk.url, {"handling": "godkend", "laest": read})
    assert desk.now(desk.bfu).state is SkriftState.FREMLAGT
    assert "siden du åbnede den" in plain(answer.text)
    assert "Skrevet efter, at lederen læste." in plain(answer.text)
    again = READ.findall(answer.text)[0]
    leader.post(desk.url, {"handling": "godkend", "laest": again})
    assert desk.now(desk.bfu).state is SkriftState.GODKENDT
