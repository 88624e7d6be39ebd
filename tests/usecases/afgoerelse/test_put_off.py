"""Whoever complains is told when the new look is ready, where it waits for more (BEK 861, § 11)."""

from datetime import date, timedelta
from typing import Final

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store.afgoerelse.klager import Klage
from dubu_plugin.store.tables import frister
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear, NotNow

from .bench import TODAY, Bench
from .complaining import complained, stands

DUE: Final = date(2026, 7, 9)
LATER: Final = date(2026, 7, 24)
WAITS_FOR: Final = "Vi har bedt skolen om en ny udtalelse."


def put_off(bench: Bench, klage: Klage, until: date | None = LATER, words: str = WAITS_FOR) -> None:
    complain.put_off(klage.id, until, words, sag=bench.sag, **bench.act())


def due(bench: Bench) -> date:
    its = sa.select(frister.c.due).where(frister.c.rule == "GENV-4U", frister.c.state == "aaben")
    with bench.town.product.store.read() as connection:
        return danish_day(connection.scalars(its).one())


def test_paragraf_11_stk_2_the_message_says_what_is_missing_and_the_deadline_moves(
    bench: Bench,
) -> None:
    klage = complained(bench, bench.decided())
    put_off(bench, klage)
    [(to, said)] = bench.letters("klage_venter")
    assert to.startswith("Sofie Testvad")
    assert said["klage.mangler"] == WAITS_FOR
    assert said["klage.svar_senest"] == "24.\u00a0juli 2026"
    assert (stands(bench, klage.id).due_on, due(bench)) == (LATER, LATER)
    bench.town.now += timedelta(days=40)
    again = date(2026, 8, 10)
    put_off(bench, klage, again)
    assert (len(bench.letters("klage_venter")), due(bench)) == (2, again)


@pytest.mark.parametrize("day", [None, TODAY, DUE, DUE + timedelta(weeks=5)])
def test_paragraf_11_stk_2_the_day_lies_after_the_deadline_and_the_reason_is_asked(
    bench: Bench, day: date | None
) -> None:
    klage = complained(bench, bench.decided())
    with pytest.raises(KlageNotClear) as no:
        put_off(bench, klage, day, " ")
    assert set(no.value.fields) == {"klar", "mangler"}
    assert due(bench) == DUE


def test_paragraf_11_stk_3_what_has_a_notice_cannot_wait(bench: Bench) -> None:
    bench.helped("tabt_arbejdsfortjeneste")
    number = bench.ready("tabt_ophoer", begrundelse="Truffet efter barnets lov § 87, fordi …")
    last = TODAY + timedelta(weeks=14)
    bench.kept(number, {}, indsats=None, outcome=Outcome.MEDHOLD, ends_on=last)
    decide(bench.sag, number, **bench.leader)
    with pytest.raises(NotNow):
        put_off(bench, complained(bench, number), date(2026, 7, 1))
