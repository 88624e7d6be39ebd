"""What the børne- og ungeudvalg decides takes a meeting, four votes and a protocol."""

from datetime import date, timedelta
from typing import Any

from dubu_plugin.domain.gates.standing import Hearing

from .deciding import DAY, NOON, only, part, refusals, standing, without


def test_paragraf_142_the_committee_meets() -> None:
    assert "i et møde (§ 142)" in only(standing("anbringelse_uden", committee_on=None))
    later = standing("anbringelse_uden", committee_on=date(2026, 6, 12))
    assert "når det er holdt" in only(later)


def test_paragraf_142_four_of_five_votes() -> None:
    assert refusals(standing("anbringelse_uden", votes_for=4)) == []
    assert "3 stemmer er ikke nok" in only(standing("anbringelse_uden", votes_for=3))
    assert "5 medlemmer" in only(standing("anbringelse_uden", votes_for=6))
    assert refusals(standing("privat_pleje", votes_for=3)) == [], "an ordinary majority (§ 42)"


def test_paragraf_142_the_protocol_and_a_judge_who_disagrees() -> None:
    assert "protokol" in only(standing("anbringelse_uden", protocol=" "))
    assert "§ 142, stk. 5" in only(standing("anbringelse_uden", dissent=True))
    heard = standing("anbringelse_uden", dissent=True, said={"dommerens_mening": "Ikke bevist."})
    assert refusals(heard) == []


def test_paragraf_143_why_it_cannot_wait() -> None:
    assert "§ 143, stk. 1" in only(without("saerlige_forhold", "foreloebig"))


def test_paragraf_143_stk_3_and_4_when_the_chairman_made_it() -> None:
    """Two clocks run from then, so a day alone is not enough, and neither is when it is typed."""
    assert "klokkeslæt, formanden traf" in only(standing("foreloebig", chair_at=None))
    later = NOON + timedelta(minutes=1)
    assert "ikke blevet så meget" in only(standing("foreloebig", chair_at=later))
    week: dict[str, Any] = {"prepared_on": DAY, "chair_at": NOON - timedelta(days=7)}
    assert refusals(standing("foreloebig", **week)) == []
    week["chair_at"] -= timedelta(days=1)
    assert "mere end syv dage" in only(standing("foreloebig", **week))


def test_paragraf_142_the_meeting_is_not_before_the_decision_was_prepared() -> None:
    begun = date(2026, 6, 5)
    early = standing("anbringelse_uden", prepared_on=begun, committee_on=date(2020, 1, 1))
    assert "blive forberedt (§ 142)" in only(early)
    assert refusals(standing("anbringelse_uden", prepared_on=begun, committee_on=begun)) == []


def test_paragraf_142_the_meeting_is_not_before_the_parties_were_heard() -> None:
    heard = [part(answered_on=date(2026, 6, 9), due_on=date(2026, 6, 10))]
    silent = [part(hearing=Hearing.INTET_SVAR, due_on=date(2026, 6, 9))]
    for parts in (heard, silent):
        met = standing("anbringelse_uden", committee_on=date(2026, 6, 8), parts=parts)
        assert "var hørt" in only(met)
        met = standing("anbringelse_uden", committee_on=date(2026, 6, 9), parts=parts)
        assert refusals(met) == []
