"""What stands on the case beside a decision, seen at the moment it is made."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.settings import Afgoerelser
from dubu_plugin.store.tables import outbox
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide
from dubu_plugin.usecases.afgoerelse.prepare import give_up
from dubu_plugin.usecases.sag.close_case import close_case
from dubu_plugin.usecases.sag.reopen_case import reopen_case

from .bench import Bench


def lacking(bench: Bench, matter: str) -> set[str]:
    number = bench.prepared(matter)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    return {one.law for one in shut.value.lacking}


def test_paragraf_9_b_an_answered_request_to_see_the_files_holds_nothing_back(
    bench: Bench,
) -> None:
    law = "forvaltningsloven § 9 b"
    bench.town.happened(H.AKTINDSIGT_ANMODET, sag=bench.sag, data={"aktindsigt": "offentlig"})
    assert law not in lacking(bench, "stoette")
    bench.town.happened(H.AKTINDSIGT_ANMODET, sag=bench.sag, data={"aktindsigt": "part"})
    assert law in lacking(bench, "stoette")
    bench.town.happened(H.AKTINDSIGT_BESVARET, sag=bench.sag)
    assert law not in lacking(bench, "stoette")


def test_paragraf_91_stk_2_a_plan_of_before_does_not_open_it(bench: Bench) -> None:
    """It is there, so PLAN-TVANG is met; the gate asks whether it covers the placement."""
    bench.town.happened(H.BARNETS_PLAN_VEDTAGET, sag=bench.sag)
    bench.town.now += timedelta(days=90)
    assert "§ 91, stk. 2" in lacking(bench, "anbringelse_uden")
    bench.town.happened(H.BARNETS_PLAN_VEDTAGET, sag=bench.sag)
    assert "§ 91, stk. 2" not in lacking(bench, "anbringelse_uden")


def where(bench: Bench) -> set[str]:
    """Return the fields of a placement without consent something is lacking in."""
    number = bench.prepared("anbringelse_uden")
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    return {one.field for one in shut.value.lacking}


def test_paragraf_47_the_municipality_says_how_old_an_undersoegelse_may_be(bench: Bench) -> None:
    bench.town.happened(H.UNDERSOEGELSE_AFSLUTTET, sag=bench.sag)
    bench.town.now += timedelta(days=370)
    assert "undersoegelse_daekker" in where(bench)
    number = bench.prepared("anbringelse_uden")
    bench.kept(number, {"undersoegelse_daekker": "Skole og hjem er hørt igen i maj."})
    assert "undersoegelse_daekker" not in where(bench)
    bench.kept(number, {"undersoegelse_daekker": ""})
    product = bench.town.product
    never = {"afgoerelser": Afgoerelser(undersoegelse_maaneder=0)}
    bench.town.product = replace(product, settings=product.settings.model_copy(update=never))
    assert "undersoegelse_daekker" not in where(bench)


def test_paragraf_77_and_51_ask_where_the_child_has_siblings(bench: Bench) -> None:
    laws = {"§ 77, stk. 2", "§ 51, stk. 3"}
    assert not laws & lacking(bench, "anbringelse_uden")
    brother = bench.town.person("Viggo Testvad", born=date(2022, 3, 9))
    bench.town.tie(bench.alma, brother, "soeskende", "soeskende")
    assert laws <= lacking(bench, "anbringelse_uden")
    bench.town.happened(H.FORAELDREHANDLEPLAN_VEDTAGET, sag=bench.sag)
    assert laws & lacking(bench, "anbringelse_uden") == {"§ 51, stk. 3"}


def test_paragraf_111_asks_only_of_a_young_person_who_is_placed(bench: Bench) -> None:
    bench.grows(date(2009, 2, 1))
    assert "§ 111, stk. 2" not in lacking(bench, "ungestoette")
    bench.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=bench.sag, person=bench.alma)
    assert "§ 111, stk. 2" in lacking(bench, "ungestoette")
    bench.town.happened(H.UNGEPLAN_VEDTAGET, sag=bench.sag)
    assert "§ 111, stk. 2" not in lacking(bench, "ungestoette")


def notes(bench: Bench) -> list[str]:
    """Return what the journal is told, by title."""
    with bench.town.product.store.read() as connection:
        rows = connection.scalars(sa.select(outbox.c.payload).where(outbox.c.kind == "add_note"))
        return [json.loads(row)["title"] for row in rows]


def test_paragraf_13_offentlighedsloven_each_step_of_the_case_is_noted_by_itself(
    bench: Bench,
) -> None:
    bench.decided()
    give_up(bench.sag, bench.prepared("undersoegelse"), **bench.act())
    close_case(bench.sag, "Familien er flyttet.", **bench.act())
    reopen_case(bench.sag, "De er flyttet tilbage.", **bench.act())
    assert notes(bench) == [
        "Afgørelse: Støttende indsats",
        "Afgørelse opgivet: Børnefaglig undersøgelse",
        "Sagen er afsluttet",
        "Sagen er åbnet igen",
    ]
