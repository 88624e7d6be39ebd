"""A placement ends only where it is known where the child lives from now (§§ 98-100)."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.gates.indsats import Elsewhere
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import ReasonKind
from dubu_plugin.store.indsatser import Indsats
from dubu_plugin.store.tables import personer
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear

from .desk import TODAY, Desk

BY: Elsewhere = Elsewhere(TODAY, "Ankestyrelsen")


def ended(desk: Desk, its: Indsats, reason: str, words: str = "", **more: Any) -> None:
    end(desk.sag, its.id, TODAY, reason, words, seen=its.version, **more, **desk.act())


def wrong_of(desk: Desk, its: Indsats, reason: str, **more: Any) -> dict[str, str]:
    with pytest.raises(IndsatsNotClear) as no:
        ended(desk, its, reason, **more)
    assert desk.its(its.id).runs
    return dict(no.value.fields)


def of_age(desk: Desk, born: date) -> None:
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        work.connection.execute(
            sa.update(personer).where(personer.c.id == desk.alma).values(born=born)
        )


@pytest.mark.parametrize(
    "reason",
    [
        "ophoer_maal_naaet", "ophoer_virker_ikke", "ophoer_samtykke", "ophoer_udebliver",
        "ophoer_flyttet", "ophoer_leverandoer", "ophoer_andet",
    ],
)  # fmt: skip
def test_paragraf_100_no_other_word_takes_a_child_home(desk: Desk, reason: str) -> None:
    found = wrong_of(desk, desk.placed(), reason, words="Det går godt.", elsewhere=BY)
    assert set(found) == {"grund"}
    assert "§\u00a0100" in found["grund"]


def test_paragraf_100_every_reason_is_asked_or_refused(desk: Desk) -> None:
    its = desk.placed()
    group = desk.town.product.indsatser.indsats(its.code, TODAY)
    assert group is not None
    for one in desk.town.product.indsatser.reasons(ReasonKind.OPHOER, TODAY, group.group):
        if one.code != "ophoer_doed":
            assert wrong_of(desk, its, one.code), one.code


@pytest.mark.parametrize("reason", ["ophoer_fyldt_18", "ophoer_ungestoette"])
def test_paragraf_99_a_child_of_nine_is_not_eighteen(desk: Desk, reason: str) -> None:
    its = desk.placed()
    assert "§\u00a099" in wrong_of(desk, its, reason)["grund"]
    of_age(desk, date(2008, 6, 13))
    assert set(wrong_of(desk, its, reason)) == {"grund"}, "eighteen the day after tomorrow"
    of_age(desk, date(2008, 6, 12))
    ended(desk, its, reason)
    assert not desk.its(its.id).runs


@pytest.mark.parametrize("reason", ["ophoer_adopteret", "ophoer_afgjort_anderledes"])
def test_what_others_decided_is_said_with_day_and_by_whom(desk: Desk, reason: str) -> None:
    its = desk.placed()
    for more, field in (
        ({}, "afgjort_dag"),
        ({"elsewhere": Elsewhere(TODAY + timedelta(days=1), "Retten")}, "afgjort_dag"),
        ({"elsewhere": Elsewhere(TODAY)}, "afgjort_af"),
        ({"elsewhere": Elsewhere(TODAY - timedelta(days=900), "Retten")}, "afgjort_dag"),
    ):
        assert set(wrong_of(desk, its, reason, words="Hos farmor.", **more)) == {field}
    if reason == "ophoer_afgjort_anderledes":
        assert set(wrong_of(desk, its, reason, elsewhere=BY)) == {"ord"}, "not what is decided"
    ended(desk, its, reason, "Alma bor hos sin farmor.", elsewhere=BY)
    assert desk.history(its.id)[0].words == (
        "Afgjort 11. juni 2026 af Ankestyrelsen.\nAlma bor hos sin farmor."
    )


def test_paragraf_98_another_placement_takes_over_only_where_there_is_one(desk: Desk) -> None:
    its = desk.placed()
    assert "§\u00a098" in wrong_of(desk, its, "ophoer_anden_indsats")["grund"]
    desk.begun()
    desk.placed(place="opholdssted", starts_on=TODAY + timedelta(days=2))
    assert set(wrong_of(desk, its, "ophoer_anden_indsats")) == {"grund"}, "a night between"
    desk.placed(place="opholdssted", starts_on=TODAY + timedelta(days=1))
    ended(desk, its, "ophoer_anden_indsats")
    assert not desk.its(its.id).runs


def test_paragraf_21_the_siblings_are_asked_about_once_while_that_is_open(desk: Desk) -> None:
    for _ in range(2):
        its = desk.placed()
        ended(desk, its, "ophoer_hjemgivet", elsewhere=BY)
    assert desk.deadlines("BFU-SOSK") == ["aaben"]
    desk.town.happened(H.SOESKENDE_UNDERSOEGT, sag=desk.sag, person=desk.alma, data={})
    assert desk.deadlines("BFU-SOSK") == ["opfyldt"]
