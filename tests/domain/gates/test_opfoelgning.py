"""What §§ 5, 95 and 96 ask of an opfølgning before it is held."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from dubu_plugin.domain.gates.opfoelgning import Held, refused
from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.opfoelgning import Next, Valg

TODAY = date(2026, 10, 26)
WHOLE = Held(
    held_on=TODAY,
    earliest=date(2026, 8, 3),
    today=TODAY,
    talked=True,
    said={
        "barnets_syn": "Jeg er på en 6'er nu.",
        "vurdering": "Indsatsen hjælper.",
        "andre_forhold": "Nej.",
        "naeste_grund": "Mors behandling ændres i januar.",
    },
    goals=["1-status", "2-status"],
    statuses={"1-status": MaalStatus.DELVIST, "2-status": MaalStatus.OPNAAET},
    parents=True,
    choice=Valg.FORTSAET,
    next=Next(date(2027, 1, 26), 3),
)


def fields(held: Held) -> Sequence[str]:
    return [one.field for one in refused(held)]


def without(*names: str) -> dict[str, str]:
    return {name: text for name, text in WHOLE.said.items() if name not in names}


def test_what_is_whole_is_held() -> None:
    assert refused(WHOLE) == []


def test_every_refusal_names_its_paragraph_and_says_what_to_do() -> None:
    empty = Held(
        held_on=None, earliest=None, today=TODAY, goals=["1-status"], next=Next(None, None)
    )
    found = refused(empty)
    assert len(found) == 6
    assert all("§" in one.sentence or one.field == "dag" for one in found)


def test_paragraf_5_the_child_is_talked_with_or_it_is_said_why_not() -> None:
    assert fields(replace(WHOLE, talked=False)) == ["uden_samtale"]
    why = {**WHOLE.said, "uden_samtale": "Alma ville ikke tale med os."}
    assert fields(replace(WHOLE, talked=False, said=why)) == []


def test_paragraf_5_the_childs_view_is_written() -> None:
    assert fields(replace(WHOLE, said=without("barnets_syn"))) == ["barnets_syn"]


def test_paragraf_5_nobody_talks_with_an_unborn_child() -> None:
    unborn = replace(WHOLE, talked=False, unborn=True, said=without("barnets_syn"))
    assert fields(unborn) == []


def test_paragraf_95_stk_1_every_goal_has_a_status() -> None:
    found = refused(replace(WHOLE, statuses={"1-status": MaalStatus.DELVIST}))
    assert [(one.field, one.sentence[:5]) for one in found] == [("2-status", "Mål 2")]


def test_paragraf_95_stk_4_nothing_goes_on_as_it_is_towards_goals_that_are_all_put_aside() -> None:
    aside = dict.fromkeys(WHOLE.goals, MaalStatus.IKKE_RELEVANT)
    gone = replace(WHOLE, statuses=aside)
    assert fields(gone) == ["valg"]
    for choice in (Valg.STOP, Valg.NY_VURDERING):
        assert fields(replace(gone, choice=choice)) == []
    assert fields(replace(gone, statuses={**aside, "2-status": MaalStatus.OPNAAET})) == []
    assert fields(replace(gone, goals=[], statuses={})) == []


def test_paragraf_95_stk_3_the_first_time_the_rhythm_has_its_reason() -> None:
    assert fields(replace(WHOLE, said=without("naeste_grund"))) == ["naeste_grund"]


def test_paragraf_95_stk_3_what_follows_the_decided_rhythm_needs_no_new_reason() -> None:
    later = replace(WHOLE, rhythm=3, said=without("naeste_grund"))
    assert fields(later) == []
    assert fields(replace(later, next=Next(date(2027, 4, 26), 6))) == ["naeste_grund"]
    assert fields(replace(later, next=Next(date(2027, 1, 20), None))) == ["naeste_grund"]


def test_paragraf_95_stk_4_it_is_assessed_how_it_goes_on() -> None:
    assert fields(replace(WHOLE, choice=None)) == ["valg"]
    assert fields(replace(WHOLE, said=without("vurdering"))) == ["vurdering"]


def test_paragraf_95_stk_5_it_is_considered_what_else_is_relevant() -> None:
    assert fields(replace(WHOLE, said=without("andre_forhold"))) == ["andre_forhold"]


def test_paragraf_95_stk_6_the_parents_are_involved_before_the_plan_is_changed() -> None:
    adjusts = replace(WHOLE, choice=Valg.JUSTER)
    assert fields(adjusts) == ["foraeldre"]
    assert fields(replace(adjusts, parents_said=True)) == []
    assert fields(replace(adjusts, parents=False)) == []


def test_paragraf_96_the_parents_are_talked_with_where_the_child_is_placed() -> None:
    assert fields(replace(WHOLE, placed=True)) == ["foraeldre"]
    assert fields(replace(WHOLE, placed=True, parents_said=True)) == []


@pytest.mark.parametrize(
    ("on", "field"),
    [(None, "naeste"), (TODAY, "naeste_dag"), (date(2026, 9, 1), "naeste_dag")],
)
def test_paragraf_95_there_is_a_next_day_and_it_lies_ahead(on: date | None, field: str) -> None:
    assert fields(replace(WHOLE, next=Next(on, None))) == [field]


def test_paragraf_95_stk_3_more_than_a_year_ahead_has_words_for_why_the_child_is_not_seen() -> None:
    far = replace(WHOLE, next=Next(date(2027, 10, 27), None))
    assert fields(far) == []
    for mark in ("x", "- -", "ok"):
        assert fields(replace(far, said={**WHOLE.said, "naeste_grund": mark})) == ["naeste_grund"]
    assert fields(replace(far, said=without("naeste_grund"))) == ["naeste_grund"]


def test_paragraf_95_stk_3_no_child_waits_until_it_is_an_adult() -> None:
    far = replace(WHOLE, next=Next(date(2045, 1, 1), None), adult_on=date(2031, 3, 4))
    assert fields(far) == ["naeste_dag"]
    assert fields(replace(far, next=Next(date(2031, 3, 3), None))) == []
    near = replace(far, next=Next(date(2027, 1, 26), 3), adult_on=date(2026, 12, 1))
    assert fields(near) == [], "help may go on after eighteen"
    young = replace(far, next=Next(date(2028, 1, 26), None), adult_on=date(2026, 3, 4))
    assert fields(young) == [], "who gets ungestøtte is eighteen already"


def test_paragraf_95_where_everything_stops_there_is_nothing_to_follow() -> None:
    stops = replace(WHOLE, choice=Valg.STOP, next=Next(None, None))
    assert fields(stops) == ["naeste"]
    assert fields(replace(stops, all_stops=True)) == []
    noted = replace(stops, all_stops=True, noted=True)
    assert fields(noted) == ["naeste"], "what was noted by hand runs on"
    assert fields(replace(noted, next=WHOLE.next, said=WHOLE.said)) == []


@pytest.mark.parametrize("day", [date(2026, 10, 27), date(2026, 8, 2), None])
def test_paragraf_95_it_is_held_on_a_day_that_has_come_and_not_before_the_last(
    day: date | None,
) -> None:
    assert fields(replace(WHOLE, held_on=day)) == ["dag"]
