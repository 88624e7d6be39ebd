"""What is decided of a placed child takes a placement; going home takes a period, or a reason."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.passing import refused
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.tables import frister
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide
from dubu_plugin.usecases.afgoerelse.prepare import NotPossible

from .bench import TODAY, Bench


def duty(bench: Bench, rule: str) -> str | None:
    """Where the deadline of a rule stands; None where there is none."""
    with bench.town.product.store.read() as connection:
        asked = sa.select(frister.c.state).where(frister.c.rule == rule)
        return connection.scalar(asked)


OF_THE_PLACED = [
    "opretholdelse", "permanent", "under_anbringelse", "aendret_sted", "aendret_sted_uden",
    "hjemgivelse", "anbringelsessted", "stoetteperson_barn", "venskabsfamilie",
    "stoetteperson_foraeldre", "stoette_foraeldre", "samvaer", "samvaer_stoettet",
    "samvaer_suspenderet", "samvaer_afbrudt", "ophoer", "foreloebig_godkendt", "tabt_ophoer",
    "frakendelse_82", "privat_pleje", "traening_ophoer", "kompensation_ophoer", "sel_90_ophoer",
]  # fmt: skip


@pytest.mark.parametrize("matter", OF_THE_PLACED)
def test_what_presupposes_something_is_not_prepared_without_it(bench: Bench, matter: str) -> None:
    with pytest.raises(NotPossible) as no:
        bench.prepared(matter)
    found = bench.town.product.matters.get(matter, TODAY)
    assert found is not None
    assert next(iter(found.presupposes.values())) in no.value.for_people().replace("\u00a0", " ")


@pytest.mark.parametrize("matter", ["anbringelse_samtykke", "anbringelse_uden", "foreloebig"])
def test_what_goes_with_a_placement_is_prepared_beside_it(bench: Bench, matter: str) -> None:
    bench.prepared(matter)
    for beside in ("anbringelsessted", "samvaer", "stoetteperson_barn", "stoette_foraeldre"):
        assert bench.whole(bench.prepared(beside)).matter.code == beside
    with pytest.raises(NotPossible):
        bench.prepared("hjemgivelse")


def test_what_was_prepared_is_not_decided_when_the_child_is_home_again(bench: Bench) -> None:
    bench.placed()
    text = "Truffet efter barnets lov § 52, stk. 1, fordi …"
    number = bench.ready("anbringelsessted", begrundelse=text)
    bench.kept(number, {}, indsats=None)
    bench.town.now += timedelta(hours=1)
    bench.town.happened(H.BARN_HJEMGIVET, sag=bench.sag, person=bench.alma)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.law for one in shut.value.lacking] == ["§ 52, stk. 1"]


def test_paragraf_36_what_is_applied_for_without_help_can_be_refused_not_given(
    bench: Bench,
) -> None:
    number = bench.ready("transport", begrundelse="Truffet efter barnets lov § 36, fordi …")
    bench.kept(number, {}, indsats="transport_foraeldre")
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.act())
    assert [one.law for one in shut.value.lacking] == ["§ 36"]
    bench.kept(number, {}, outcome=Outcome.AFSLAG, indsats=None)
    decide(bench.sag, number, **bench.act())


def test_paragraf_67_a_child_of_less_than_three_years_takes_words(bench: Bench) -> None:
    bench.placed()
    number = bench.prepared("permanent")
    standing = bench.whole(number).standing(bench.town.product.indsatser)
    assert "§ 67, stk. 1" in {one.law for one in refused(standing)}
    bench.kept(number, {"under_tre_aar": "Alma har selv bedt om det den 2. maj (§ 68)."})
    standing = bench.whole(number).standing(bench.town.product.indsatser)
    assert "§ 67, stk. 1" not in {one.law for one in refused(standing)}


def test_paragraf_111_help_from_eighteen_is_decided_half_a_year_before(bench: Bench) -> None:
    bench.grows(date(2008, 11, 1))
    bench.placed()
    bench.town.happened(H.UNGEPLAN_VEDTAGET, sag=bench.sag)
    text = "Truffet efter barnets lov § 114, stk. 1, fordi …"
    number = bench.ready("ungestoette", begrundelse=text)
    bench.kept(number, {}, indsats="ung_kontaktperson", place="", starts_on=TODAY)
    bench.consents(number, bench.alma)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.field for one in shut.value.lacking] == ["fra"]
    bench.kept(number, {}, starts_on=date(2008 + 18, 11, 1))
    decide(bench.sag, number, **bench.leader)


def test_paragraf_100_who_does_not_come_home_is_told_and_the_request_is_answered(
    bench: Bench,
) -> None:
    bench.placed()
    bench.town.happened(
        H.HJEMGIVELSE_SOEGT, sag=bench.sag, person=bench.alma, data={"grundlag": "samtykke"}
    )
    number = bench.prepared("hjemgivelse")
    assert bench.whole(number).applied
    assert duty(bench, "HJEMG-7D") == "aaben"
    text = "Truffet efter barnets lov § 100, stk. 1, fordi …"
    number = bench.ready("hjemgivelse", begrundelse=text, udtalelse="Hun har det godt.")
    still = {"fortsat_samtykke": "Alma bad selv om det. Hendes mor samtykker stadig."}
    bench.kept(number, still, outcome=Outcome.AFSLAG, indsats=None, statement_on=TODAY,
               starts_on=None)  # fmt: skip
    decide(bench.sag, number, **bench.leader)
    assert bench.happened(H.HJEMGIVELSE_BESLUTTET) == []
    assert duty(bench, "HJEMG-7D") == "opfyldt"


@pytest.mark.parametrize("period", [True, False])
def test_paragraf_100_the_period_or_why_there_is_none_is_in_the_letters(
    bench: Bench, period: bool
) -> None:
    bench.placed()
    bench.town.happened(H.BARNETS_PLAN_VEDTAGET, sag=bench.sag, person=bench.alma)
    text = "Truffet efter barnets lov § 100, stk. 1, fordi …"
    number = bench.ready("hjemgivelse", begrundelse=text, udtalelse="Hun har det godt hjemme.")
    bench.kept(number, {}, indsats=None, statement_on=TODAY)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.law for one in shut.value.lacking] == ["§ 100, stk. 1"]
    if period:
        bench.kept(number, {}, ends_on=date(2026, 9, 15))
    else:
        bench.kept(number, {"uden_periode": "Alma bor hjemme det meste af ugen."})
    decide(bench.sag, number, **bench.leader)
    [(_, told), _] = bench.letters("afgoerelse")
    wanted = "til og med den 15.\u00a0september 2026" if period else "Alma bor hjemme det meste"
    assert wanted in told["afgoerelse.periode"]
    assert duty(bench, "HJEMG-PER") == ("aaben" if period else None)


def test_paragraf_100_the_period_ends_the_day_it_is_decided_to(bench: Bench) -> None:
    """Up to six months from its own first day, which comes after the decision."""
    bench.placed()
    bench.town.happened(H.BARNETS_PLAN_VEDTAGET, sag=bench.sag, person=bench.alma)
    text = "Truffet efter barnets lov § 100, stk. 1, fordi …"
    number = bench.ready("hjemgivelse", begrundelse=text, udtalelse="Hun har det godt hjemme.")
    period = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 12, 30)}
    bench.kept(number, {}, indsats=None, statement_on=TODAY, **period)
    decide(bench.sag, number, **bench.leader)
    with bench.town.product.store.read() as connection:
        due = connection.scalar(sa.select(frister.c.due).where(frister.c.rule == "HJEMG-PER"))
    assert due is not None
    assert danish_day(due) == period["ends_on"]
