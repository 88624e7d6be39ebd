"""What Ankestyrelsen says of the committee's decision begins two clocks (§ 50, stk. 3, § 147)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse.klager import Ruling
from dubu_plugin.store.tables import frister
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.afgoerelse.complain import Received
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.settle import Ruled, settle

from .bench import TODAY, Bench

LATER = TODAY + timedelta(days=60)


def placed(bench: Bench, **texts: str) -> UUID:
    """Have the committee place Alma without consent."""
    for what in (H.UNDERSOEGELSE_AFSLUTTET, H.BARNETS_PLAN_VEDTAGET):
        bench.town.happened(what, sag=bench.sag, person=bench.alma)
    text = "Truffet efter barnets lov § 47, stk. 1, nr. 1, fordi …"
    number = bench.ready("anbringelse_uden", begrundelse=text, **texts)
    bench.kept(number, {}, indsats="anbringelse_uden", place="almen_plejefamilie",
               committee_on=TODAY, votes_for=5, protocol="Punkt 4", dissent=False)  # fmt: skip
    decide(bench.sag, number, **bench.leader)
    return number


def ruled(bench: Bench, number: UUID, ruling: Ruling) -> None:
    """Have Ankestyrelsen answer a complaint two months on."""
    received = Received(person=bench.mother, day=TODAY, form="skriftligt", words="Nej.")
    klage = complain.receive(bench.sag, number, received, **bench.act())
    bench.sends_on(klage)
    bench.town.now += timedelta(days=60)
    given: dict[str, Any] = {"came_on": LATER, "anew": False, "words": "Noget andet."}
    said = Ruled(ruling=ruling, counts_from=LATER, **given)
    settle(klage, said, sag=bench.sag, **bench.act())


def due(bench: Bench, rule: str) -> list[date]:
    with bench.town.product.store.read() as connection:
        open_ones = frister.c.rule == rule, frister.c.state == "aaben"
        return [danish_day(one) for one in connection.scalars(
            sa.select(frister.c.due).where(*open_ones))]  # fmt: skip


@pytest.mark.parametrize("ruling", [Ruling.STADFAESTET, Ruling.AENDRET])
def test_paragraf_147_and_50_stk_3_the_clocks_run_from_the_final_decision(
    bench: Bench, ruling: Ruling
) -> None:
    number = placed(bench)
    assert due(bench, "GENB-1") == [date(2027, 6, 11)]
    assert due(bench, "RET-4U") == []
    ruled(bench, number, ruling)
    assert due(bench, "GENB-1") == [date(2027, 8, 10)]
    assert due(bench, "RET-4U") == [date(2026, 9, 7)]


def test_paragraf_50_stk_4_a_day_the_committee_set_itself_does_not_move(bench: Bench) -> None:
    why = "Grundlaget er måske væk før."
    number = placed(bench, genbehandling_senest="2026-12-11", genbehandling_hvorfor=why)
    ruled(bench, number, Ruling.STADFAESTET)
    assert due(bench, "GENB-1") == [date(2026, 12, 11)]
    assert len(due(bench, "RET-4U")) == 1


def test_paragraf_50_stk_3_a_newer_decision_of_the_committee_is_counted_by_itself(
    bench: Bench,
) -> None:
    number = placed(bench)
    newer: dict[str, Any] = {"angaar": "anbringelse", "genbehandling": "et_aar"}
    bench.town.now += timedelta(days=1)
    bench.town.happened(H.UDVALGSAFGOERELSE_TRUFFET, sag=bench.sag, person=bench.alma, data=newer)
    ruled(bench, number, Ruling.STADFAESTET)
    assert due(bench, "GENB-1") == [date(2027, 6, 12)]


def test_paragraf_147_a_complaint_that_is_not_looked_at_begins_neither(bench: Bench) -> None:
    ruled(bench, placed(bench), Ruling.AFVIST)
    assert due(bench, "GENB-1") == [date(2027, 6, 11)]
    assert due(bench, "RET-4U") == []


def test_paragraf_91_stk_2_a_plan_adopted_before_is_the_plan_the_committee_is_to_have(
    bench: Bench,
) -> None:
    placed(bench)
    with bench.town.product.store.read() as connection:
        its = sa.select(frister.c.state).where(frister.c.rule == "PLAN-TVANG")
        assert list(connection.scalars(its)) == ["opfyldt"]
