"""A decision of the committee ends only what it is about (barnets lov §§ 50, 100, 104, 105)."""

from datetime import date
from typing import Any

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import undoing
from dubu_plugin.store.sag import rettelser
from tests.store.life import NOW, Ground, Life, days


@pytest.fixture
def life(store: Store, ground: Ground) -> Life:
    return Life(store, ground)


def open_codes(life: Life) -> set[str]:
    return {row.rule for row in life.rows("aaben")}


ELSEWHERE: list[Any] = [
    pytest.param({"angaar": "samvaer"}, id="contact_105"),
    pytest.param({"angaar": "undersoegelse"}, id="examination_23"),
    pytest.param({"angaar": "hjemgivelse"}, id="coming_home_102"),
    pytest.param({"angaar": "andet"}, id="something_else"),
    pytest.param({}, id="says_nothing"),
    pytest.param({"angaar": "samvaer", "genbehandling": "to_aar"}, id="contact_with_a_year"),
    pytest.param({"angaar": "undersoegelse", "genbehandling": "et_aar"}, id="examination_with_one"),
]


@pytest.mark.parametrize("said", ELSEWHERE)
@pytest.mark.parametrize(
    ("code", "again"), [("GENB-1", "et_aar"), ("GENB-2", "to_aar"), ("GENB-3", "tre_aar")]
)
def test_bl_50_a_decision_about_something_else_is_no_genbehandling(
    life: Life, code: str, again: str, said: dict[str, Any]
) -> None:
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, angaar="anbringelse", genbehandling=again)
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW + days(19), **said)
    assert code in open_codes(life), "the placement is still to be looked at again"
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW + days(20), angaar="anbringelse",
                genbehandling="to_aar")  # fmt: skip
    assert [row.rule for row in life.rows("aaben") if row.rule.startswith("GENB")] == ["GENB-2"]


@pytest.mark.parametrize("said", ELSEWHERE)
def test_bl_50_a_decision_about_something_else_asks_for_no_genbehandling(
    life: Life, said: dict[str, Any]
) -> None:
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, **said)
    assert open_codes(life) == set()


@pytest.mark.parametrize("born", [date(2012, 5, 4), date(2025, 9, 4)])
def test_bl_50_stk_5_three_years_take_the_older_clocks_place_at_any_age(
    life: Life, born: date
) -> None:
    said: dict[str, Any] = {"angaar": "anbringelse", "genbehandling": "et_aar"}
    life.born(born)
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, **said)
    three = {**said, "genbehandling": "tre_aar"}
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW + days(19), **three)
    assert open_codes(life) == {"GENB-3"}


def test_bl_50_an_older_decision_told_late_leaves_the_newer_ones_genbehandling(life: Life) -> None:
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW, angaar="anbringelse", genbehandling="et_aar")
    stood = [(row.rule, row.due) for row in life.rows("aaben")]
    for again, before in (("to_aar", 30), ("et_aar", 40)):
        life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW - days(before), NOW + days(2),
                    angaar="anbringelse", genbehandling=again,
                    genbehandling_senest="2026-06-01")  # fmt: skip
        assert [(row.rule, row.due) for row in life.rows("aaben")] == stood, again
    (older,) = [row for row in life.rows("opfyldt") if row.rule == "GENB-2"]
    assert older.ended_at == NOW, "the newer decision is what was asked for"


def test_bl_50_the_newer_decision_taken_back_leaves_the_older_ones_genbehandling(
    life: Life,
) -> None:
    said: dict[str, Any] = {"angaar": "anbringelse", "genbehandling": "et_aar"}
    newer = life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW, **said)
    older = life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW - days(30), NOW + days(2),
                        angaar="anbringelse", genbehandling="to_aar")  # fmt: skip
    with life.store.write(actor="karen", now=NOW + days(3)) as work:
        by = work.happened(H.HAENDELSE_TILBAGETAGET, sag=life.sag, person=life.child).id
        rettelser.take_back(work, newer.id, life.sag, by=by, reason="Ikke sket.")
        undoing.undo(
            work.connection, work.rules, newer.id, by=by, now=work.now, reason="Ikke sket.",
            gone=True,
        )  # fmt: skip
    (stands,) = life.rows("aaben")
    assert (stands.rule, stands.anchor_id) == ("GENB-2", older.id)


@pytest.mark.parametrize(
    "ends", [H.PERMANENT_ANBRINGELSE_BESLUTTET, H.ANBRINGELSE_OPHOERT, H.BARN_HJEMGIVET]
)
def test_bl_50_a_placement_that_ends_or_is_permanent_has_no_genbehandling(
    life: Life, ends: H
) -> None:
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, angaar="anbringelse", genbehandling="et_aar")
    life.happen(ends, NOW + days(19))
    assert "GENB-1" not in open_codes(life)


def test_bl_100_the_period_home_is_not_ended_by_a_decision_about_contact(life: Life) -> None:
    life.happen(H.HJEMGIVELSE_BESLUTTET)
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW + days(5), angaar="samvaer")
    assert "HJEMG-PER" in open_codes(life)
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW + days(6), angaar="anbringelse",
                genbehandling="et_aar")  # fmt: skip
    assert "HJEMG-PER" not in open_codes(life)


def test_bl_104_stk_6_contact_is_not_brought_before_the_committee_by_another_matter(
    life: Life,
) -> None:
    life.happen(H.SAMVAER_FASTSAT, samvaer_afbrudt=True)
    life.happen(H.SAMVAER_SUSPENDERET, NOW + days(1))
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW + days(5), angaar="anbringelse",
                genbehandling="et_aar")  # fmt: skip
    assert {"SAMV-4U", "SAMV-8U"} <= open_codes(life)


def test_bl_49_a_placement_of_an_unborn_child_waits_for_its_own_decision(life: Life) -> None:
    life.happen(H.ANBRINGELSE_FORBEREDT, ufoedt=True, termin="2026-08-01")
    life.happen(H.UDVALGSAFGOERELSE_TRUFFET, NOW + days(5), angaar="undersoegelse")
    assert "UFOEDT" in open_codes(life)
