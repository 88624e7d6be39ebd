"""What is decided: its purpose and length, what goes before it, and where it ends."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.gates.standing import latest_end

from .deciding import DAY, only, refusals, standing, without


@pytest.mark.parametrize(
    ("code", "law"),
    [("stoette", "§ 32, stk. 3"), ("anbringelse_samtykke", "§ 46"), ("anbringelse_uden", "§ 47")],
)
def test_paragraf_32_46_47_purpose_and_expected_duration(code: str, law: str) -> None:
    assert law in only(without("formaal", code))
    assert "formålet" in only(without("formaal", code))
    assert law in only(without("varighed", code))
    assert refusals(without("formaal", code, outcome=Outcome.AFSLAG, votes_for=1)) == []


def test_paragraf_20_and_26_the_day_the_need_became_known() -> None:
    assert "(§ 20, stk. 3)" in only(standing("undersoegelse", starts_on=None))
    assert "(§ 26, stk. 3)" in only(standing("undersoegelse_kommende", None, starts_on=None))


@pytest.mark.parametrize("code", ["tabt_ophoer", "frakendelse_82"])
def test_paragraf_11_help_is_taken_away_no_sooner_than_in_fourteen_weeks(code: str) -> None:
    for day in (None, DAY, DAY + timedelta(weeks=14, days=-1)):
        no = only(standing(code, ends_on=day))
        assert "tidligst 17. september 2026" in no
        assert "(§ 11)" in no
    assert refusals(standing(code, ends_on=DAY + timedelta(weeks=14))) == []
    assert refusals(standing(code, ends_on=None, outcome=Outcome.AFSLAG)) == []


def test_paragraf_46_the_examination_comes_before_unless_it_cannot_wait() -> None:
    assert refusals(standing("anbringelse_samtykke", examined_on=None)) == []
    assert "§ 46, stk. 3" in only(
        without("saerlige_forhold", "anbringelse_samtykke", examined_on=None)
    )


def test_paragraf_47_the_examination_comes_before_and_nothing_lets_it_wait() -> None:
    assert "§ 47, stk. 2" in only(standing("anbringelse_uden", examined_on=None))


def test_paragraf_47_the_plan_is_there_before_the_decision() -> None:
    assert "§ 91, stk. 2" in only(standing("anbringelse_uden", planned_on=None))
    for age, law in ((15, "§ 91, stk. 2"), (16, "§ 108, stk. 4")):
        its = standing("anbringelse_uden", age, planned_on=None)
        assert [law in one for one in refusals(its) if "godkendt" in one] == [True]
    assert refusals(standing("anbringelse_samtykke", planned_on=None)) == []


def test_paragraf_91_stk_2_the_plan_is_of_this_placement() -> None:
    """A plan of years ago for another help is no part of what the committee decides on."""
    before: dict[str, Any] = {"planned_on": DAY - timedelta(days=1), "prepared_on": DAY}
    its = standing("anbringelse_uden", **before)
    no = only(its)
    assert "godkendt 10. juni 2026, før I begyndte at forberede" in no
    assert "§ 91, stk. 2" in no
    reason = {**its.said, "plan_daekker": "Planen er den samme."}
    assert only(replace(its, said=reason)) == no, "no reason will do"
    assert refusals(standing("anbringelse_uden", planned_on=DAY, prepared_on=DAY)) == []


@pytest.mark.parametrize(
    ("code", "law"), [("hjemgivelse", "§ 100, stk. 5"), ("permanent", "§ 67, stk. 4, nr. 2")]
)
def test_paragraf_67_and_100_the_plan_is_revised_or_it_says_why_not(code: str, law: str) -> None:
    before: dict[str, Any] = {"planned_on": DAY - timedelta(days=1), "prepared_on": DAY}
    its = standing(code, **before)
    left = {name: text for name, text in its.said.items() if name != "plan_daekker"}
    assert law in only(replace(its, said=left))
    reason = {**left, "plan_daekker": "Planen blev lavet til hjemgivelsen i sidste uge."}
    assert refusals(replace(its, said=reason)) == []


def test_paragraf_98_stk_5_asks_for_the_latest_plan_and_no_newer() -> None:
    before: dict[str, Any] = {"planned_on": DAY - timedelta(days=400), "prepared_on": DAY}
    assert refusals(standing("aendret_sted_uden", **before)) == []


def test_paragraf_47_the_examination_is_no_older_than_the_municipality_lets_it_be() -> None:
    old: dict[str, Any] = {"examined_on": date(2025, 6, 10), "examined_within": 12}
    its = standing("anbringelse_uden", **old)
    left = {name: text for name, text in its.said.items() if name != "undersoegelse_daekker"}
    no = only(replace(its, said=left))
    assert "fra 10. juni 2025 og ældre end de 12 måneder" in no
    assert "§ 47, stk. 2" in no
    said = {**left, "undersoegelse_daekker": "Intet er anderledes: Skolen og hjemmet er hørt."}
    assert refusals(replace(its, said=said)) == []
    fines: list[dict[str, Any]] = [{"examined_on": date(2025, 6, 11)}, {"examined_within": 0}]
    for fine in fines:
        assert refusals(replace(its, said=left, **fine)) == []


def test_paragraf_49_three_months_before_the_child_is_due_at_the_earliest() -> None:
    too_early = standing("anbringelse_ufoedt", None, due_date=date(2026, 9, 12))
    assert "12. juni 2026 (§ 49, stk. 3)" in only(too_early)
    assert refusals(standing("anbringelse_ufoedt", None, due_date=date(2026, 9, 11))) == []


def test_paragraf_67_the_revised_examination_and_plan_come_before() -> None:
    said = refusals(standing("permanent", examined_on=None, planned_on=None))
    assert [("§ 67, stk. 4, nr. 1" in said[0]), ("§ 67, stk. 4, nr. 2" in said[1])] == [True, True]


def test_paragraf_91_a_position_on_the_plan() -> None:
    assert "§ 91, stk. 1" in only(standing(plan=None))


@pytest.mark.parametrize(
    ("code", "law"),
    [("aendret_sted", "§ 98, stk. 2"), ("hjemgivelse", "§ 100, stk. 2"), ("samvaer", "§ 106")],
)
def test_paragraf_98_100_106_the_place_is_asked_first(code: str, law: str) -> None:
    assert law in only(standing(code, statement_on=None))
    assert law in only(standing(code, statement_on=date(2026, 6, 12)))
    assert law in only(without("udtalelse", code))


def test_paragraf_105_a_definite_period() -> None:
    assert "§ 105, stk. 1" in only(standing("samvaer_afbrudt", ends_on=None))
    assert "før den første" in only(standing("samvaer_afbrudt", ends_on=date(2026, 6, 1)))


def test_paragraf_105_the_period_ends_while_it_is_a_child() -> None:
    grown = date(2034, 12, 3)
    last = replace(standing("samvaer_afbrudt", ends_on=date(2034, 12, 2)), grown_on=grown)
    assert refusals(last) == []
    assert "3. december 2034" in only(replace(last, ends_on=grown))


def test_paragraf_104_no_longer_than_eight_weeks() -> None:
    assert refusals(standing("samvaer_suspenderet", ends_on=date(2026, 8, 5))) == []
    too_long = standing("samvaer_suspenderet", ends_on=date(2026, 8, 6))
    assert "5. august 2026 (§ 104, stk. 5)" in only(too_long)


def test_paragraf_38_no_longer_than_twelve_months() -> None:
    assert "10. juni 2027" in only(standing("foraeldrepaalaeg", ends_on=date(2027, 6, 11)))
    assert latest_end(date(2026, 2, 28), "12 months") == date(2027, 2, 27)
    assert latest_end(date(2024, 2, 29), "12 months") == date(2025, 2, 27)


def test_rsl_72_what_is_set_in_motion_at_once_has_a_reason() -> None:
    assert "retssikkerhedsloven § 72, stk. 2" in only(standing("anbringelsessted", at_once=True))
    given = standing("anbringelsessted", at_once=True, said={"straks_grund": "Hun er i fare."})
    assert refusals(given) == []
    assert given.day == DAY
