"""Every gate of the law's course of a case has tests that are named after its paragraph.

The table says which; a gate that is taken out, or a test that is renamed, turns it red.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.gates.passing import refused
from dubu_plugin.domain.gates.standing import Standing

from .deciding import DAY, MATTERS

TESTS: Final = Path(__file__).parents[2]

GATES: Final[Mapping[str, Sequence[str]]] = {
    # What comes in.
    "§ 136: within 24 hours, with an outcome": (
        "136_the_assessment_stops_the_clock_and_moves_the_case",
        "136_an_incomplete_assessment_stores_nothing",
    ),
    "§ 137: somebody who is new takes part": (
        "137_support_asks_for_a_colleague_who_is_new",
        "137_who_has_handled_the_case_meanwhile_is_not_new",
    ),
    "§ 137, stk. 3: a talk where abuse is suspected": (
        "137_stk_3_suspected_abuse_opens_and_meets_the_conversation",
    ),
    "§ 138: nothing of the case to who told": (
        "138_it_says_nothing_of_whom_the_underretning_is_about",
        "138_stk_2_it_tells_nothing_more",
    ),
    # What is looked into.
    "§ 18: the outcome of a screening": (
        "18_stk_1_a_screening_comes_to_one_of_three",
        "18_a_screening_that_stands_says_what_it_came_to",
    ),
    "§ 18, stk. 3: the risk before the parents are told": (
        "18_stk_3_the_risk_is_assessed_where_there_are_signs_of_social_control",
    ),
    "§ 19 and § 21: siblings": ("19_and_21_siblings_are_considered",),
    "§ 20: why, and from when": (
        "20_an_undersoegelse_says_why_it_is_made",
        "20_and_26_the_day_the_need_became_known",
    ),
    "§ 21, stk. 5: two advisers": ("21_stk_5_asks_for_two_advisers_the_first_time_or_why_not",),
    "§ 22: who knows the child, and the positions": (
        "22_stk_1_who_knows_the_child_is_involved",
        "22_stk_6_the_positions_and_what_can_help_are_there",
        "22_an_undersoegelse_without_a_conclusion_does_not_stand",
    ),
    "§ 125: the børnehus": ("125_the_boernehus_is_used_where_abuse_is_suspected",),
    "Retssikkerhedsloven §§ 11 a, 11 c and 12: what others are asked": (
        "11_a_refuses_a_request_no_consent_covers",
        "11_c_asks_why_it_is_necessary_without_consent",
        "12_each_of_the_family_is_told_who_is_asked_in_a_letter_of_their_own",
    ),
    # The decision.
    "§ 3: a child of ten is a party": ("3_a_child_of_ten_is_a_party_where_the_list_says_so",),
    "§ 5: the child's view, or why not": (
        "5_no_decision_without_a_talk_or_why_there_was_none",
        "5_the_childs_view_stands_in_each",
    ),
    "§ 10: the purpose of what is offered": ("10_stk_4_the_purpose_of_what_is_offered",),
    "§ 11: fourteen weeks' notice, and a complaint takes nothing sooner": (
        "11_help_is_taken_away_no_sooner_than_in_fourteen_weeks",
        "11_the_letter_says_the_last_day_and_the_notice",
        "11_stk_2_the_notice_runs_out_before_anything_is_taken",
    ),
    "§§ 32, 46 and 47: purpose and expected duration": (
        "32_46_47_purpose_and_expected_duration",
        "32_stk_3_each_has_its_purpose",
        "32_stk_3_each_has_its_expected_duration",
    ),
    "§ 32: who consents": ("32_who_has_custody_consents",),
    "§§ 33 and 67: from fifteen": ("33_and_67_from_fifteen",),
    "§ 38: twelve months": ("38_no_longer_than_twelve_months",),
    "§ 46: the examination, and consent": (
        "46_the_examination_comes_before_unless_it_cannot_wait",
        "46_a_young_person_of_fifteen_consents_and_the_purpose_too",
    ),
    "§ 47: the examination and the plan come before": (
        "47_the_examination_comes_before_and_nothing_lets_it_wait",
        "47_the_municipality_says_how_old_an_undersoegelse_may_be",
        "47_the_examination_is_no_older_than_the_municipality_lets_it_be",
        "47_the_plan_is_there_before_the_decision",
    ),
    "§ 49: three months before the child is due": (
        "49_three_months_before_the_child_is_due_at_the_earliest",
    ),
    "§ 50: looked at again, and a permanent placement is considered": (
        "50_a_committees_placement_from_elsewhere_is_looked_at_again",
        "50_a_permanent_placement_is_considered_before_it_is_treated_again",
        "50_in_a_year_takes_no_reason_and_anything_else_does",
        "50_stk_5_exceptionally_later_and_for_the_youngest_three_years_only",
    ),
    "§ 51: what the recommendation holds": (
        "51_what_the_recommendation_holds",
        "51_stk_3_why_siblings_under_fifteen_are_not_placed_too",
    ),
    "§ 52: the school, and the municipality of the place": (
        "52_the_school_and_the_municipality_of_the_place",
    ),
    "§ 67: what a permanent placement is recommended on": (
        "67_the_revised_examination_and_plan_come_before",
        "67_and_100_the_plan_is_revised_or_it_says_why_not",
        "67_a_psychologist_says_how_attached_the_child_is",
    ),
    "§ 69: adoption": ("69_adoption_is_considered",),
    "§ 77: the parents' plan": (
        "77_the_parents_plan_where_siblings_are_at_home_or_why_not",
        "77_the_plan_says_why_and_with_what_support",
    ),
    "§ 91 and § 108: a position on the plan, which is of this placement": (
        "91_a_position_on_the_plan",
        "91_stk_2_the_plan_is_of_this_placement",
        "91_stk_2_a_plan_of_before_does_not_open_it",
        "108_a_position_on_an_ungeplan_from_sixteen",
    ),
    "§ 98, § 100 and § 106: the place is asked first": ("98_100_106_the_place_is_asked_first",),
    "§ 98, § 99 and § 100: what is decided elsewhere, by whom, and where it lies": (
        "98_a_move_the_municipality_decides_itself_stands_on_the_case",
        "99_what_others_decided_is_said_with_day_and_by_whom",
        "100_what_the_municipality_decides_itself_stands_on_the_case",
        "100_a_decision_from_elsewhere_is_told_to_the_rules_with_its_period",
        "100_what_took_over_from_a_placement_is_not_just_given_up",
    ),
    "§ 46 and § 50: one placement at a time, on a decision that carries it": (
        "46_a_child_whose_placement_is_noted_by_hand_is_not_placed_twice",
        "50_three_years_are_only_for_the_unborn_and_under_one_year",
        "50_stk_4_and_5_the_time_the_committee_has_set_is_what_counts",
    ),
    "§ 98: from twelve, and without consent": (
        "98_a_child_of_twelve_consents_to_move",
        "98_stk_5_what_a_move_without_consent_is_recommended_on",
    ),
    "§ 99: eighteen": ("99_nothing_is_decided_for_a_child_who_has_turned_18",),
    "§ 99: which help ends": (
        "99_nobody_is_heard_and_nothing_decided_before_it_says_which_help",
        "99_no_other_help_ends_by_it",
        "99_what_ended_meanwhile_is_not_ended_again",
    ),
    "§ 100: six months": ("100_a_time_of_going_home_is_six_months_at_most_or_none",),
    "§ 102: who decides that a child does not go home": (
        "102_stk_4_a_child_placed_without_consent_is_kept_by_the_committee_only",
        "102_stk_4_a_child_placed_for_good_is_kept_by_the_committee_only",
        "102_stk_5_the_committee_is_told_that_the_child_it_placed_goes_home",
        "102_who_asks_for_the_child_draws_the_consent_back",
    ),
    "§ 104: eight weeks": ("104_no_longer_than_eight_weeks",),
    "§ 104, stk. 6: contact that is too rare is the committee's": (
        "104_stk_6_rarer_than_every_fourth_week_is_the_committees",
        "104_stk_6_contact_that_is_too_rare_leads_to_the_committees_decision",
    ),
    "§ 105: a definite period, and a hidden place": (
        "105_a_definite_period",
        "105_a_hidden_place_is_decided_and_stands_in_no_note",
    ),
    "§ 111: the ungeplan before a placement ends at eighteen": (
        "111_the_ungeplan_is_revised_before_a_placement_ends_at_eighteen",
    ),
    "§ 114: from eighteen the young person alone": ("114_from_eighteen_the_parents_are_not_asked",),
    "§§ 111 and 113: the young person consents at seventeen, and nothing begins before eighteen": (
        "113_at_seventeen_the_young_person_consents_and_the_parents_are_not_asked",
        "111_what_is_decided_at_seventeen_is_planned_for_the_eighteenth_birthday",
    ),
    "§§ 140 and 141: a lawyer, and the files": ("140_and_141_a_lawyer_and_the_files_are_offered",),
    "§ 142: four of five": (
        "142_four_of_five_votes",
        "142_what_too_few_vote_for_is_not_decided_and_can_be_written_in",
        "142_a_committees_decision_made_before_has_its_meeting_and_votes",
        "142_stk_2_who_could_speak_to_the_committee",
        "142_the_protocol_and_a_judge_who_disagrees",
    ),
    "§ 143: why it cannot wait": ("143_why_it_cannot_wait",),
    "Forvaltningsloven § 9 b: who waits to see the files": (
        "9_b_the_decision_waits_for_a_party_who_asked_to_see_the_files",
    ),
    "Forvaltningsloven § 19: nobody unheard": ("19_nobody_is_decided_about_unheard",),
    "Forvaltningsloven §§ 22 and 24: the reasons": (
        "22_the_outcome_and_the_reasons_are_there",
        "24_the_reasons_name_the_paragraph_and_the_facts",
    ),
    "Forvaltningsloven § 25: how to complain": ("25_how_to_complain_unless_all_is_given",),
    # What is done.
    "§§ 32, 46, 47 and 143: nothing begins without a decision": (
        "32_46_47_143_nothing_begins_without_the_decision_that_gives_it",
        "143_the_hour_is_said_that_the_24_hours_are_counted_from",
        "143_an_akut_placement_opens_its_clocks",
        "46_what_is_planned_begins_only_while_its_decision_stands",
    ),
    "§ 98: no move before the place has spoken": (
        "98_no_move_before_the_place_has_given_its_statement",
    ),
    "§ 99: nothing for a child begins at eighteen": (
        "99_nothing_for_a_child_begins_at_eighteen",
    ),
    "§ 109: what an ungeplan says": (
        "109_an_ungeplan_says_uddannelse_beskaeftigelse_and_who_took_part",
        "109_stk_4_a_placed_young_persons_plan_tells_how_the_family_is_supported",
    ),
    "§ 95: the status of each goal, the choice, and when the next is": (
        "95_it_is_held_on_a_day_that_has_come_and_not_before_the_last",
        "95_stk_1_every_goal_has_a_status",
        "95_stk_3_the_first_time_the_rhythm_has_its_reason",
        "95_stk_3_what_follows_the_decided_rhythm_needs_no_new_reason",
        "95_stk_4_it_is_assessed_how_it_goes_on",
        "95_stk_5_it_is_considered_what_else_is_relevant",
        "95_stk_6_the_parents_are_involved_before_the_plan_is_changed",
        "95_there_is_a_next_day_and_it_lies_ahead",
    ),
    "§ 96: the parents of a placed child": (
        "96_the_parents_are_talked_with_where_the_child_is_placed",
    ),
    "§ 156: a talk alone": ("156_without_a_talk_alone_it_says_why",),
    "§ 156, stk. 6: two advisers": ("156_stk_6_two_advisers_talk_with_the_child_or_it_says_why",),
    "Retssikkerhedsloven § 72: a complaint keeps it back": (
        "72_a_complaint_with_opsaettende_virkning_keeps_it_back",
        "72_is_named_on_the_form",
    ),
    "Offentlighedsloven § 13: every step is noted": (
        "13_offentlighedsloven_each_step_of_the_case_is_noted_by_itself",
        "13_offentlighedsloven_what_stands_or_is_given_up_is_noted_by_itself",
    ),
}  # fmt: skip
"""The gate, and what comes after ``test_paragraf_`` in the names of its tests."""


@pytest.fixture(scope="module")
def defined() -> set[str]:
    """The tests there are that are named after a paragraph."""
    found: set[str] = set()
    for file in TESTS.rglob("test_*.py"):
        found |= set(re.findall(r"^def test_paragraf_(\w+)\(", file.read_text("utf-8"), re.M))
    return found


@pytest.mark.parametrize("gate", GATES)
def test_a_gate_has_the_tests_the_table_says(gate: str, defined: set[str]) -> None:
    assert sorted(set(GATES[gate]) - defined) == []
    numbers = set(re.findall(r"\d+", gate.partition(":")[0]))
    assert [name for name in GATES[gate] if name.split("_")[0] not in numbers] == []


def test_what_a_decision_can_be_refused_by_stands_in_the_table() -> None:
    known = {number for gate in GATES for number in re.findall(r"\d+", gate.partition(":")[0])}
    known |= {number for row in MATTERS.rows for number in re.findall(r"\d+", row.law)}
    said = set()
    for matter in MATTERS.rows:
        for age in (None, 9, 12, 17, 19):
            empty = Standing(matter=matter, day=DAY, age=age, siblings=[4], insight_waits=True,
                             there={Forudsat.ANBRAGT}, at_once=True)  # fmt: skip
            said |= {one.law for one in refused(empty)}
    assert len(said) > 30
    # What a bekendtgørelse asks of a payment has its tests with the reckoning.
    first = {law: re.findall(r"\d+", law)[0] for law in said if not law.startswith("BEK")}
    assert sorted(law for law, number in first.items() if number not in known) == []
