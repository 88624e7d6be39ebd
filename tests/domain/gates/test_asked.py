"""What else is written in a decision, and what is there beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.gates.asked import ASKED
from dubu_plugin.domain.gates.passing import refused

from .deciding import DAY, MATTERS, only, refusals, standing, without

PLACED = frozenset({Forudsat.ANBRAGT, Forudsat.FOER_18, Forudsat.FOER_18_ELLER_KONTAKT})


def asked(section: str, code: str, law: str, age: int | None = 9) -> None:
    """Insist that the section is asked for by its paragraph, and by nothing else."""
    said = only(without(section, code, age=age))
    assert said.endswith(f"({law}).")
    assert said.startswith(ASKED[section][:20])


@pytest.mark.parametrize("code", ["anbringelse_uden", "anbringelse_ufoedt"])
@pytest.mark.parametrize(
    ("section", "number"), [("betingelser", 1), ("kompetencer", 2), ("paataenkt", 3)]
)
def test_paragraf_51_what_the_recommendation_holds(code: str, section: str, number: int) -> None:
    asked(section, code, f"§ 51, stk. 1, nr. {number}", None if code.endswith("ufoedt") else 9)


def test_paragraf_51_stk_3_why_siblings_under_fifteen_are_not_placed_too() -> None:
    ready = {"parents_plan_ready": True}
    assert "§ 51, stk. 3" in only(standing("anbringelse_uden", siblings=[14], **ready))
    assert refusals(standing("anbringelse_uden", siblings=[15], **ready)) == []
    said = {"soeskende": "De bor hos deres far."}
    assert refusals(standing("anbringelse_uden", siblings=[14], said=said, **ready)) == []
    assert "§ 51, stk. 3" in only(standing("anbringelse_ufoedt", None, siblings=[14]))


@pytest.mark.parametrize("code", ["samvaer", "samvaer_stoettet"])
def test_paragraf_104_stk_6_rarer_than_every_fourth_week_is_the_committees(code: str) -> None:
    asked("hyppighed", code, "§ 104, stk. 6")
    rare = standing(code, said={"hyppighed": "ja"})
    said = only(rare)
    assert "den afgør børne- og ungeudvalget" in said
    assert "(§ 104, stk. 6, og § 105)" in said
    assert [one.instead for one in refused(rare)] == ["samvaer_afbrudt"]
    assert refusals(replace(rare, outcome=Outcome.AFSLAG)) == [], "nothing is decided of it"
    assert "hyppighed" not in standing("samvaer_suspenderet").matter.asks, "stk. 5 is another"


def test_paragraf_77_the_parents_plan_where_siblings_are_at_home_or_why_not() -> None:
    assert "§ 77, stk. 2" in only(standing("anbringelse_uden", siblings=[17]))
    assert refusals(standing("anbringelse_uden", siblings=[17], parents_plan_ready=True)) == []
    said = {"uden_foraeldreplan": "Forældrene er døde."}
    assert refusals(standing("anbringelse_uden", siblings=[17], said=said)) == []
    assert (
        refusals(standing("anbringelse_uden", siblings=[17], outcome=Outcome.AFSLAG, votes_for=1))
        == []
    )
    assert refusals(standing("stoette", siblings=[4])) == []


@pytest.mark.parametrize(
    ("code", "number"),
    [("anbringelse_samtykke", 1), ("anbringelse_uden", 1), ("opretholdelse", 2), ("permanent", 3)],
)
def test_paragraf_69_adoption_is_considered(code: str, number: int) -> None:
    asked("adoption", code, f"§ 69, stk. 1, nr. {number}")


def test_paragraf_50_a_permanent_placement_is_considered_before_it_is_treated_again() -> None:
    asked("permanent_overvejet", "opretholdelse", "§ 50, stk. 7")


def test_paragraf_67_a_psychologist_says_how_attached_the_child_is() -> None:
    asked("psykolog", "permanent", "§ 67, stk. 4, nr. 3")


def test_paragraf_98_stk_5_what_a_move_without_consent_is_recommended_on() -> None:
    asked("stoette_paa_stedet", "aendret_sted_uden", "§ 98, stk. 5, nr. 3")
    asked("nyt_sted", "aendret_sted_uden", "§ 98, stk. 5, nr. 4")
    assert "§ 98, stk. 5, nr. 1" in only(standing("aendret_sted_uden", planned_on=None))


def test_paragraf_10_stk_4_the_purpose_of_what_is_offered() -> None:
    assert "§ 10, stk. 4" in only(without("formaal", "stofmisbrug"))


def test_paragraf_52_the_school_and_the_municipality_of_the_place() -> None:
    asked("skolegang", "anbringelsessted", "§ 52, stk. 4")
    asked("anden_kommune", "anbringelsessted", "§ 52, stk. 5")


def test_paragraf_100_a_time_of_going_home_is_six_months_at_most_or_none() -> None:
    first = standing("hjemgivelse").starts_on
    assert first is not None
    late = first.replace(month=12)
    assert "10. december 2026 (§ 100, stk. 3)" in only(standing("hjemgivelse", ends_on=late))
    assert refusals(standing("hjemgivelse", ends_on=late.replace(day=10))) == []
    none = standing("hjemgivelse", ends_on=None, said={"uden_periode": ""})
    assert "hvor længe hjemgivelsesperioden varer (§ 100, stk. 1)" in only(none)
    why = {"uden_periode": "Barnet har boet hjemme i weekenderne et halvt år."}
    assert refusals(standing("hjemgivelse", ends_on=None, said=why)) == []
    assert "både en sidste dag" in only(standing("hjemgivelse", said=why)), "not both"
    refused = standing(
        "hjemgivelse", ends_on=None, outcome=Outcome.AFSLAG, said={"fortsat_samtykke": "Mor."}
    )
    assert refusals(refused) == [], "who stays has no time of going home"


@pytest.mark.parametrize("code", ["ungestoette", "ungestoette_120"])
def test_paragraf_111_the_ungeplan_is_revised_before_a_placement_ends_at_eighteen(
    code: str,
) -> None:
    assert "§ 111, stk. 2" in only(standing(code, 17, planned_on=None, there=PLACED))
    old = standing(code, 17, planned_on=DAY - timedelta(days=1), prepared_on=DAY, there=PLACED)
    left = {name: text for name, text in old.said.items() if name != "plan_daekker"}
    assert "før I begyndte at forberede" in only(replace(old, said=left))
    words = {"anbragt_foer": "Hun har haft en fast kontaktperson siden 2024."}
    elsewhere = standing(code, 17, planned_on=None, there=frozenset(), said=words)
    assert refusals(elsewhere) == []
    assert refusals(standing(code, 18, planned_on=None, there=PLACED)) == []


def test_paragraf_108_a_position_on_an_ungeplan_from_sixteen() -> None:
    assert "§ 108, stk. 1" in only(standing("stoette", 16, plan=None))
    assert "§ 91, stk. 1" in only(standing("stoette", 15, plan=None))


@pytest.mark.parametrize("code", [one.code for one in MATTERS.rows if one.is_committees])
def test_paragraf_140_and_141_a_lawyer_and_the_files_are_offered(code: str) -> None:
    matter = next(one for one in MATTERS.rows if one.code == code)
    if not matter.lawyer:
        assert "advokat" not in matter.asks
        return
    age = None if matter.unborn else max(matter.ages[0], 9) if matter.ages else None
    asked("advokat", code, "§§ 140 og 141", age)


def test_paragraf_142_stk_2_who_could_speak_to_the_committee() -> None:
    asked("udtalt_sig", "anbringelse_uden", "§ 142, stk. 2")
    not_made = without("udtalt_sig", "anbringelse_uden", outcome=Outcome.AFSLAG, votes_for=1)
    assert "§ 142, stk. 2" in only(not_made), "also where nothing is given"


def test_paragraf_9_b_the_decision_waits_for_a_party_who_asked_to_see_the_files() -> None:
    assert "forvaltningsloven § 9 b" in only(standing(insight_waits=True))
    said = {"uden_aktindsigt": "Lovens frist på 7 dage ville blive overskredet."}
    assert refusals(standing(insight_waits=True, said=said)) == []
