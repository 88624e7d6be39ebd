"""The udredning of a child with a disability: what it begins with, and what its approval means."""

from datetime import UTC, datetime

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.usecases.skrift.present import NotFinished, approve, begin_version, present
from dubu_plugin.usecases.skrift.write import NotAChoice

from .desk import Desk

UDREDNING = SkriftKind.HANDICAPUDREDNING
EMIL = "Emil har autisme. Jeg går ned i tid og søger tabt arbejdsfortjeneste og merudgifter."


def applied(desk: Desk) -> Skrift:
    desk.town.underretning(
        EMIL, sag=desk.sag, henvendelse="ansoegning",
        received_at=datetime(2026, 5, 4, 9, 0, tzinfo=UTC),
    )  # fmt: skip
    return desk.begun(UDREDNING)


def finished(desk: Desk, skrift: Skrift, **also: str) -> Skrift:
    desk.finished(skrift)
    method = desk.town.product.methods.book.method("handicap", "1")
    assert method is not None
    levels = {(one.code, "funktionsniveau"): "3" for one in method.on_side("barnet")}
    whole = {"maalgruppe": "funktionsevne", "kompensationsbehov": "Timer og vask.", **also}
    desk.put_at(skrift, {**levels, **{("", name): text for name, text in whole.items()}})
    return desk.now(skrift)


def test_it_begins_with_the_application_what_it_asks_for_and_the_day_we_knew(desk: Desk) -> None:
    words = desk.words(applied(desk))
    assert words["", "soegt"] == "kompensation,tabt"
    assert words["", "kendskab"] == "2026-05-04"
    assert words["", "anledning"].startswith("En ansøgning kom den 4.")


def test_what_the_method_asks_once_is_written_in_the_skrift(desk: Desk) -> None:
    skrift = applied(desk)
    form = desk.town.product.forms.on_case(
        UDREDNING, desk.town.product.methods.book.method("handicap", "1"), unborn=False
    )
    assert [one.code for one in form.in_part("samlet")] == [
        "diagnoser", "maalgruppe", "maalgruppe_hvorfor", "kompensationsbehov", "timer",
        "udgifter", "pasning",
    ]  # fmt: skip
    with pytest.raises(NotAChoice):
        desk.put(skrift, maalgruppe="måske")
    desk.put(skrift, maalgruppe="lidelse")
    assert desk.words(skrift)["", "maalgruppe"] == "lidelse"


def test_the_target_group_and_each_level_must_be_written_before_it_stands(desk: Desk) -> None:
    skrift = desk.finished(applied(desk))
    present(desk.sag, skrift.id, **desk.act())
    with pytest.raises(NotFinished) as no:
        approve(desk.sag, skrift.id, **desk.leader)
    lacks = {one.field or one.place for one in no.value.lacking}
    assert {"maalgruppe", "kompensationsbehov", "egenomsorg", "fritid"} <= lacks
    assert "soeskende" not in lacks, "only the child has a level"


def test_paragraf_18_its_approval_answers_the_screening(desk: Desk) -> None:
    skrift = finished(desk, applied(desk), udfald="afdaekning")
    approve(desk.sag, skrift.id, **desk.leader)
    assert [one["udfald"] for one in desk.happened(H.SCREENING_AFSLUTTET)] == ["afdaekning"]
    assert len(desk.happened(H.AFDAEKNING_AFSLUTTET)) == 1
    begin_version(desk.sag, skrift.id, **desk.act())
    approve(desk.sag, skrift.id, **desk.leader)
    assert len(desk.happened(H.SCREENING_AFSLUTTET)) == 1, "a new version screens nothing again"


def test_paragraf_81_the_family_is_offered_guidance_within_three_months_of_the_day_we_knew(
    desk: Desk,
) -> None:
    skrift = finished(desk, applied(desk), udfald="ingen")
    approve(desk.sag, skrift.id, **desk.leader)
    assert desk.happened(H.FUNKTIONSNEDSAETTELSE_REGISTRERET) == [{"handicap": True}]
    assert desk.happened(H.AFDAEKNING_AFSLUTTET) == []
    assert "2026-08-04" in desk.due("FAMVEJ")


def test_who_is_not_in_the_target_group_is_not_registered(desk: Desk) -> None:
    skrift = finished(desk, applied(desk), udfald="ingen", maalgruppe="nej")
    approve(desk.sag, skrift.id, **desk.leader)
    assert desk.happened(H.FUNKTIONSNEDSAETTELSE_REGISTRERET) == []


def test_a_document_says_the_level_in_words(desk: Desk) -> None:
    skrift = finished(desk, applied(desk), udfald="ingen")
    approve(desk.sag, skrift.id, **desk.leader)
    said = desk.letter("handicapudredning")
    assert "Svært nedsat funktionsevne" in said
    assert "Ja, betydeligt og varigt nedsat funktionsevne" in said
