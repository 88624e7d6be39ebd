"""What somebody noted is put right or taken back, and the deadlines follow."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.forecast import Awaited
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.tables import rettelser, ventegrunde
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.frist.standing import NoReason, Place
from dubu_plugin.usecases.frist.tell_time import tell_time
from dubu_plugin.usecases.frist.wait_for import Asked, wait_for
from dubu_plugin.usecases.sag.put_right import (
    TakenBack,
    foresee_back,
    foresee_right,
    put_right,
    take_back,
)

from .desk import INDSATS, NOW, Desk

WHY = "Datoen var skrevet forkert."


def test_taken_back_what_it_opened_lapses_and_what_it_met_stands_again(desk: Desk) -> None:
    desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    wrong = desk.say(H.OPFOELGNING_AFHOLDT, answers={"naeste_opfoelgning": "2027-06-01"})
    shown = foresee_back(desk.sag, wrong, **desk.act())
    found = take_back(desk.sag, wrong, "Opfølgning holdt", WHY, **desk.act())
    assert shown == found
    assert desk.row("OPF-1").ended_by is None
    lapsed = desk.row("OPF-N", "bortfaldet")
    assert (lapsed.reason, danish_day(lapsed.due)) == (WHY, date(2027, 6, 1))
    (kept,) = desk.all(sa.select(rettelser))
    assert (kept.haendelse_id, kept.reason, kept.new_id) == (wrong, WHY, None)
    assert desk.newest(H.OPFOELGNING_AFHOLDT).id == wrong  # the chain is as it was
    assert "Taget tilbage" in desk.notes()[-1]["title"]


def test_put_right_the_day_moves_and_the_old_one_is_kept(desk: Desk) -> None:
    wrong = desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    old = desk.row("OPF-1")
    place = Place("sag", desk.sag)
    wait_for(old.id, place, Asked(Awaited.SKOLEUDTALELSE), **desk.act())
    right = desk.note(H.INDSATS_IVAERKSAT, NOW - timedelta(days=31), answers=INDSATS)
    shown = foresee_right(desk.sag, wrong, right, **desk.act())
    assert shown == put_right(desk.sag, wrong, right, WHY, **desk.act())
    new = desk.row("OPF-1")
    assert (danish_day(new.due), new.replaces) == (date(2027, 1, 12), old.id)
    assert desk.row("OPF-1", "afloest").reason == WHY
    (wait,) = desk.all(sa.select(ventegrunde))
    assert wait.frist_id == new.id


def test_told_late_with_a_wrong_day_and_then_put_right_it_counts_from_the_right_one(
    desk: Desk,
) -> None:
    late = desk.say(H.INDSATS_IVAERKSAT, NOW - timedelta(days=150), answers=INDSATS)
    wrong = desk.row("OPF-1")
    assert wrong.due < NOW
    tell_time(desk.town.product, NOW)
    assert desk.row("OPF-1").exceeded_at == wrong.due
    right = desk.note(H.INDSATS_IVAERKSAT, NOW - timedelta(days=15), answers=INDSATS)
    put_right(desk.sag, late, right, WHY, **desk.act())
    new = desk.row("OPF-1")
    assert new.due > NOW
    assert new.exceeded_at is None
    assert new.replaces is not None


def test_put_right_twice_is_once_and_a_second_correction_is_of_the_right_one(desk: Desk) -> None:
    wrong = desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    right = desk.note(H.INDSATS_IVAERKSAT, NOW - timedelta(days=2), answers=INDSATS)
    put_right(desk.sag, wrong, right, WHY, **desk.act())
    assert put_right(desk.sag, wrong, right, WHY, **desk.act()) == ()
    with pytest.raises(TakenBack):
        put_right(desk.sag, wrong, replace(right, form=uuid4()), WHY, **desk.act())
    again = desk.note(H.INDSATS_IVAERKSAT, NOW - timedelta(days=1), answers=INDSATS)
    put_right(desk.sag, desk.newest(H.INDSATS_IVAERKSAT).id, again, WHY, **desk.act())
    assert len([row for row in desk.rows("OPF-1") if row.state == "aaben"]) == 1


def test_put_right_it_is_about_the_same_complaint(desk: Desk) -> None:
    wrong = desk.say(H.KLAGE_MODTAGET, answers={"opsaettende": "nej"})
    right = desk.note(H.KLAGE_MODTAGET, NOW - timedelta(days=7), answers={"opsaettende": "nej"})
    before = desk.row("GENV-4U").subject_id
    put_right(desk.sag, wrong, right, WHY, **desk.act())
    assert desk.row("GENV-4U").subject_id == before


def test_what_was_noted_after_the_mistake_meets_what_stands_again(desk: Desk) -> None:
    desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    wrong = desk.say(H.OPFOELGNING_AFHOLDT, answers={"naeste_opfoelgning": "2027-06-01"})
    desk.town.now += timedelta(days=5)
    real = desk.say(H.OPFOELGNING_AFHOLDT, answers={"naeste_opfoelgning": "2027-07-01"})
    take_back(desk.sag, wrong, "Opfølgning", WHY, **desk.act())
    assert desk.row("OPF-1", "opfyldt").ended_by == real
    assert danish_day(desk.row("OPF-N").due) == date(2027, 7, 1)


def test_what_stood_in_the_way_of_another_lets_it_open(desk: Desk) -> None:
    decided = {"undersoegelse": "barnet", "kendskab": "2026-10-01"}
    wrong = desk.say(H.UNDERSOEGELSE_BESLUTTET, NOW - timedelta(days=40), answers=decided)
    right = desk.say(H.UNDERSOEGELSE_BESLUTTET, NOW - timedelta(days=5), answers=decided)
    assert len(desk.rows("BFU-4M")) == 1
    take_back(desk.sag, wrong, "Undersøgelse besluttet", WHY, **desk.act())
    assert desk.row("BFU-4M").anchor_id == right
    assert danish_day(desk.row("BFU-4M").anchor_at) == date(2026, 10, 1)


def test_a_deadline_moved_up_by_mistake_gets_its_day_back(desk: Desk) -> None:
    desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    due = desk.row("OPF-1").due
    wrong = desk.say(H.UNDERSOEGELSE_AFSLUTTET, text="Dokument 7.")
    assert desk.row("OPF-1").due < due
    take_back(desk.sag, wrong, "Undersøgelse afsluttet", WHY, **desk.act())
    assert desk.row("OPF-1").due == due


def test_an_interruption_by_mistake_runs_on(desk: Desk) -> None:
    desk.say(H.AFGOERELSE_MEDDELT, answers={"forsendelse": "digital"})
    decision = {Subject.AFGOERELSE: str(desk.row("KLAGE-4U").subject_id)}
    wrong = desk.say(H.AKTINDSIGT_ANMODET, answers={"aktindsigt": "part"}, about=decision)
    assert desk.row("KLAGE-4U").paused_at is not None
    take_back(desk.sag, wrong, "Aktindsigt", WHY, **desk.act())
    assert desk.row("KLAGE-4U").paused_at is None


def test_a_miss_that_was_met_by_mistake_is_missed_again(desk: Desk) -> None:
    desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    desk.town.now += timedelta(days=120)
    wrong = desk.say(H.OPFOELGNING_AFHOLDT, answers={"naeste_opfoelgning": "2027-06-01"})
    take_back(desk.sag, wrong, "Opfølgning", WHY, **desk.act())
    assert desk.row("OPF-1").exceeded_at is None
    tell_time(desk.town.product, desk.town.now)
    assert desk.row("OPF-1").exceeded_at == desk.row("OPF-1").due


def test_what_was_taken_back_meets_nothing_told_later(desk: Desk) -> None:
    wrong = desk.say(H.UNDERSOEGELSE_AFSLUTTET, NOW - timedelta(days=2), text="Dok. 7.")
    take_back(desk.sag, wrong, "Undersøgelse afsluttet", WHY, **desk.act())
    decided = {"undersoegelse": "barnet", "kendskab": "2026-10-01"}
    desk.say(H.UNDERSOEGELSE_BESLUTTET, NOW - timedelta(days=9), answers=decided)
    assert desk.row("BFU-4M").state == "aaben"


def test_a_reason_is_asked_for_and_only_what_was_noted_is_taken_back(desk: Desk) -> None:
    wrong = desk.say(H.INDSATS_IVAERKSAT, answers=INDSATS)
    with pytest.raises(NoReason):
        take_back(desk.sag, wrong, "Indsats", " ", **desk.act())
    with pytest.raises(NotYours):
        take_back(desk.sag, desk.newest(H.SAG_OPRETTET).id, "Sag", WHY, **desk.act())
    with pytest.raises(NotYours):
        take_back(desk.sag, wrong, "Indsats", WHY, **desk.act(ANDERS))
    take_back(desk.sag, wrong, "Indsats", WHY, **desk.act())
    with pytest.raises(TakenBack):
        take_back(desk.sag, wrong, "Indsats", WHY, **desk.act())
