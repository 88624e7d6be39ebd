"""A foreløbig vurdering says when the undersøgelse is finished, and the day is looked after."""

from datetime import date, timedelta

import pytest

from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.usecases.skrift.present import NotFinished, approve, begin_version, present

from .desk import Desk


@pytest.mark.parametrize(
    ("days", "says"),
    [(-30, "dagen er gået"), (0, "dagen er gået"), (1, ""), (110, ""), (140, "for langt ude")],
)
def test_paragraf_20_stk_3_the_expected_day_lies_ahead_and_within_reason(
    desk: Desk, days: int, says: str
) -> None:
    late = desk.finished(desk.begun(SkriftKind.FORELOEBIG_VURDERING))
    expected = danish_day(desk.town.now) + timedelta(days=days)
    desk.put(late, faerdig=expected.isoformat())
    lacks = [one.what for one in present(desk.sag, late.id, **desk.act())]
    if says:
        assert [says in what for what in lacks] == [True]
        with pytest.raises(NotFinished):
            approve(desk.sag, late.id, **desk.leader)
        return
    assert lacks == []
    approve(desk.sag, late.id, **desk.leader)
    told = desk.happened(H.FORELOEBIG_VURDERING_SKREVET)
    assert [one["ventes_faerdig"] for one in told] == [expected.isoformat()]


def test_paragraf_20_stk_3_a_new_version_says_a_new_day(desk: Desk) -> None:
    late = desk.finished(desk.begun(SkriftKind.FORELOEBIG_VURDERING))
    day = danish_day(desk.town.now)
    desk.put(late, faerdig=(day + timedelta(days=20)).isoformat())
    approve(desk.sag, late.id, **desk.leader)
    begin_version(desk.sag, late.id, **desk.act())
    desk.put(late, faerdig=(day + timedelta(days=40)).isoformat())
    approve(desk.sag, late.id, **desk.leader)
    told = desk.happened(H.FORELOEBIG_VURDERING_SKREVET)
    assert [one["ventes_faerdig"] for one in told] == [
        (day + timedelta(days=days)).isoformat() for days in (20, 40)
    ]
    begin_version(desk.sag, late.id, **desk.act())
    desk.put(late, mangler="Skolen har ikke svaret endnu.")
    approve(desk.sag, late.id, **desk.leader)
    assert len(desk.happened(H.FORELOEBIG_VURDERING_SKREVET)) == 2, "the day is the same"


def test_paragraf_20_stk_3_those_with_custody_are_told_the_day_and_nothing_else(desk: Desk) -> None:
    late = desk.finished(desk.begun(SkriftKind.FORELOEBIG_VURDERING))
    mother = desk.town.person("Sanne Testvad")
    desk.town.tie(late.person, mother, "mor", "barn")
    desk.put(late, faerdig="2026-07-31", analyse="Skolen er bekymret.")
    approve(desk.sag, late.id, **desk.leader)
    letter = desk.letter("foreloebig_brev")
    assert unbroken(long_date(date(2026, 7, 31))) in letter
    assert "Sanne Testvad" in letter
    assert "Skolen er bekymret." not in letter
