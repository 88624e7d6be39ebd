"""That a child does not go home is decided by who may, and on a consent that stands."""

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.forudsat import Forudsat

from .deciding import refusals, standing, without


def refused(*there: Forudsat) -> list[str]:
    asked = without("fortsat_samtykke", "hjemgivelse", outcome=Outcome.AFSLAG, ends_on=None,
                    there={Forudsat.ANBRAGT, *there})  # fmt: skip
    return list(refusals(asked))


def test_paragraf_102_stk_4_a_child_placed_without_consent_is_kept_by_the_committee_only() -> None:
    [said] = refused(Forudsat.UDEN_SAMTYKKE)
    assert "Anbringelse uden samtykke opretholdes" in said
    assert "§ 102, stk. 4" in said


def test_paragraf_102_who_asks_for_the_child_draws_the_consent_back() -> None:
    [said] = refused()
    assert "§ 47" in said
    assert "§ 143" in said
    why = {"fortsat_samtykke": "Alma bad selv om det; hendes mor samtykker."}
    still = standing("hjemgivelse", outcome=Outcome.AFSLAG, ends_on=None, said=why)
    assert refusals(still) == []


def test_paragraf_102_a_child_that_goes_home_is_not_asked_about() -> None:
    assert refusals(standing("hjemgivelse", said={"fortsat_samtykke": ""})) == []
