"""What stands over Min dag counts the whole day, whichever filter is on."""

import re
from datetime import timedelta

from dubu_plugin.frister.urgency import Group
from dubu_plugin.store.min_dag.day_counts import Counts
from dubu_plugin.store.min_dag.due_heads import Kind
from dubu_plugin.store.min_dag.lines import Line
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import NOW, Day
from dubu_plugin.web.min_dag.day_words import DueLine
from dubu_plugin.web.min_dag.page import _group, _quiet, _summary
from tests.web.conftest import Asking

LATE = {Group.OVERSKREDET: 1, Group.I_DAG: 2, Group.SNART: 0, Group.SENERE: 78}
FAR = {Group.OVERSKREDET: 0, Group.I_DAG: 0, Group.SNART: 0, Group.SENERE: 78}


def counts(shown: dict[Group, int], every: dict[Group, int]) -> Counts:
    return Counts({}, {}, shown, every, far=78, put_off=0, more=False)


def test_a_filter_does_not_make_what_is_overdue_go_away() -> None:
    found = counts(FAR, LATE)
    assert _summary(found, Kind.FAR) == (
        "Du ser 78 linjer af din dag. I alt: 1 overskredet, 2 i dag."
    )
    assert _quiet(found, Kind.FAR) == ""


def test_the_whole_day_says_that_nothing_is_overdue() -> None:
    found = counts(FAR, FAR)
    assert _summary(found, Kind.ALL) == "Intet haster."
    assert _quiet(found, Kind.ALL) == "Intet er overskredet, og intet er i dag"


def test_every_filter_says_the_same_of_the_day(looking: Asking) -> None:
    karen = looking(KAREN)
    whole = karen.get("/dubu/min-dag").text
    said = whole.split("</h1>", 1)[1].split("<p>", 1)[1].split(".", 1)[0]
    for kind in Kind:
        if kind is not Kind.ALL:
            page = karen.get(f"/dubu/min-dag?kun={kind}").text
            assert f"I alt: {said}." in page
            assert "Intet er overskredet" not in page


def test_later_lines_say_how_many_of_them_stand_here_and_no_group_is_empty(
    day: Day, asking: Asking
) -> None:
    for number in range(30):
        at = day.town.now - timedelta(minutes=number)
        day.town.underretning("Han er her sjældent.", received_at=at, responsible=KAREN)
    second = asking(KAREN).get("/dubu/min-dag?vis=mine&kun=alle&side=2").text
    sections = re.findall(r'<section class="due-group.*?</section>', second, re.DOTALL)
    assert sections
    assert ["data-line" in one for one in sections] == [True] * len(sections)


def test_the_fold_says_how_many_of_all_of_them_stand_here() -> None:
    line = DueLine("", "", "Alma", None, "", "", "", "", 0, 0, "", "")
    later = min_dag_line(Group.SENERE)
    found = _group(Group.SENERE, counts(FAR, FAR), [(later, line)], NOW.date())
    assert found.folded.replace("\xa0", " ").startswith("Vis 1 af de 78 linjer")


def min_dag_line(group: Group) -> Line:
    return Line("x", group, None, None, None, None, True, None, None, None, None, None, steps=())
