"""That a child does not go home is decided by who may, and on a consent that stands."""

import pytest

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.forudsat import Forudsat

from .deciding import only, refusals, standing, without

AT_HOME = {"fortsat_samtykke": ""}


def refused(*there: Forudsat) -> list[str]:
    asked = without("fortsat_samtykke", "hjemgivelse", outcome=Outcome.AFSLAG, ends_on=None,
                    there={Forudsat.ANBRAGT, *there})  # fmt: skip
    return list(refusals(asked))


def test_paragraf_102_stk_4_a_child_placed_without_consent_is_kept_by_the_committee_only() -> None:
    [said] = refused(Forudsat.UDEN_SAMTYKKE)
    assert "Anbringelse uden samtykke opretholdes" in said
    assert "§ 102, stk. 4" in said


def test_paragraf_102_stk_4_a_child_placed_for_good_is_kept_by_the_committee_only() -> None:
    [said] = refused(Forudsat.PERMANENT, Forudsat.UDEN_SAMTYKKE)
    assert "»Permanent anbringelse«" in said
    assert "er anbragt permanent" in said


@pytest.mark.parametrize("by", [Forudsat.UDEN_SAMTYKKE, Forudsat.PERMANENT])
def test_paragraf_102_stk_5_the_committee_is_told_that_the_child_it_placed_goes_home(
    by: Forudsat,
) -> None:
    placed = {Forudsat.ANBRAGT, by}
    assert "§ 102, stk. 5" in only(standing("hjemgivelse", said=AT_HOME, there=placed))
    told = {**AT_HOME, "udvalget_orienteres": "Henrik skriver til udvalget i dag."}
    assert refusals(standing("hjemgivelse", said=told, there=placed)) == []
    assert refusals(standing("hjemgivelse", said=AT_HOME)) == []


def test_paragraf_102_who_asks_for_the_child_draws_the_consent_back() -> None:
    [said] = refused()
    assert "§ 47" in said
    assert "§ 143" in said
    why = {"fortsat_samtykke": "Alma bad selv om det; hendes mor samtykker."}
    still = standing("hjemgivelse", outcome=Outcome.AFSLAG, ends_on=None, said=why)
    assert refusals(still) == []


def test_paragraf_102_a_child_that_goes_home_is_not_asked_about() -> None:
    assert refusals(standing("hjemgivelse", said={"fortsat_samtykke": ""})) == []
