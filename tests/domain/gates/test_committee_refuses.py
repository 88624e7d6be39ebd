"""What the børne- og ungeudvalg does not decide is written in as it is."""

from dubu_plugin.domain.afgoerelser import Outcome

from .deciding import refusals, standing


def refused(votes: int | None) -> list[str]:
    found = refusals(standing("foreloebig_godkendt", outcome=Outcome.AFSLAG, votes_for=votes))
    return [one for one in found if "§ 142" in one]


def test_paragraf_142_what_too_few_vote_for_is_not_decided_and_can_be_written_in() -> None:
    assert refused(0) == refused(3) == []
    assert "4 stemmer for er nok til en afgørelse" in refused(4)[0]
    assert "hvor mange af udvalgets 5" in refused(None)[0]
