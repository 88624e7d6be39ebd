"""What is noted on a case, by hand or brought over, is written in and keeps its key and clocks."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.gates.begins import Before, Decider
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.afgoerelse.situation import situation
from dubu_plugin.store.indsats.running import running
from dubu_plugin.store.sag import noted
from dubu_plugin.store.tables import frister, personer
from dubu_plugin.usecases.indsats.noted_before import NEW
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear
from dubu_plugin.usecases.sag.put_right import WrittenIn, take_back
from dubu_plugin.usecases.sag.record_event import NotClear, Note, record_event

from .desk import NOW, TODAY, Desk
from .test_change_and_end import ended

CAME = TODAY - timedelta(days=200)
OLD = Before(on=CAME, by=Decider.ANDEN_KOMMUNE, paper="Dokument 7")
PLACE: dict[str, Any] = {"place": "opholdssted", "reason": "omsorgssvigt", "before": OLD}


def brought(desk: Desk, what: H = H.ANBRINGELSE_IVAERKSAT, key: UUID | None = None) -> str:
    """Have it stand that something began, which is among no indsatser; return its key."""
    number = str(key or uuid4())
    kind = "anbringelse" if what is H.ANBRINGELSE_IVAERKSAT else "indsats"
    desk.town.happened(
        what, sag=desk.sag, person=desk.alma, occurred_at=NOW - timedelta(days=200),
        data={kind: number},
    )  # fmt: skip
    return number


def clocks(desk: Desk) -> list[tuple[str, str, Any]]:
    with desk.town.product.store.read() as connection:
        its = frister.c
        asked = sa.select(its.rule, its.state, its.due).order_by(its.rule, its.due)
        return [(row.rule, row.state, row.due) for row in connection.execute(asked)]


def runs(desk: Desk) -> list[str]:
    with desk.town.product.store.read() as connection:
        return [one.key for one in running(connection, desk.sag)]


def refused(desk: Desk, code: str, **wanted: Any) -> dict[str, str]:
    with pytest.raises(IndsatsNotClear) as no:
        desk.begun(code, **wanted)
    return dict(no.value.fields)


@pytest.mark.parametrize("asked", [True, False])
def test_paragraf_156_a_placement_that_is_noted_keeps_its_key_and_clocks(
    desk: Desk, asked: bool
) -> None:
    key = brought(desk)
    before = {one for one in clocks(desk) if one[0] in ("TILSYN-2", "OPF-1", "OPHOER-18")}
    assert len(before) >= 2
    wanted = {**PLACE, "starts_on": CAME, "noted": key if asked else ""}
    its = desk.begun("anbringelse_samtykke", **wanted)
    assert (str(its.id), its.state) == (key, IndsatsState.I_GANG)
    assert runs(desk) == [key]
    assert len(desk.happened(H.ANBRINGELSE_IVAERKSAT)) == 1, "it is not told to begin again"
    assert before <= set(clocks(desk))
    [told] = desk.happened(H.INDSATS_SKREVET_IND)
    assert told == {"anbringelse": key, "kode": "anbringelse_samtykke"}
    note = desk.notes()[-1]
    assert note["title"].startswith("Indsats skrevet ind")
    assert "Den var noteret på sagen" in note["body"].replace("\N{NO-BREAK SPACE}", " ")


def test_paragraf_156_what_was_written_in_moves_gets_visits_and_ends_on_its_page(
    desk: Desk,
) -> None:
    key = brought(desk)
    its = desk.begun("anbringelse_samtykke", **PLACE, starts_on=CAME)
    act = desk.act()
    note = Note(form=uuid4(), what=H.ANBRINGELSE_OPHOERT, title="Ophørt", occurred_at=act["now"],
                text="Bor nu hos sin mormor.")  # fmt: skip
    with pytest.raises(NotClear) as no:
        record_event(desk.sag, note, **act)
    assert "Indsatser" in no.value.fields[""]
    desk.decision("hjemgivelse")
    ended(desk, its, reason="ophoer_hjemgivet")
    assert runs(desk) == []
    assert desk.happened(H.BARN_HJEMGIVET) == [{"anbringelse": key}]


def test_paragraf_46_another_day_is_asked_about_and_another_placement_refused(desk: Desk) -> None:
    key = brought(desk)
    day = CAME + timedelta(days=3)
    found = refused(desk, "anbringelse_samtykke", **PLACE, starts_on=day)["hvad"]
    assert "Er den noteret i forvejen?" in found
    assert set(refused(desk, "anbringelse_samtykke", **PLACE, starts_on=CAME, noted=NEW)) == {
        "hvad"
    }
    assert set(refused(desk, "anbringelse_samtykke", **PLACE, noted=key,
                       starts_on=TODAY + timedelta(days=4))) == {"fra"}  # fmt: skip
    assert set(refused(desk, "anbringelse_samtykke", **PLACE, noted=str(uuid4()),
                       starts_on=CAME)) >= {"noteret"}  # fmt: skip
    its = desk.begun("anbringelse_samtykke", **PLACE, starts_on=day, noted=key)
    assert (str(its.id), its.starts_on) == (key, day)


def noted_here(desk: Desk, day: date) -> str:
    """Have a placement be noted by hand from a day, and return its key."""
    note = Note(
        form=uuid4(), what=H.ANBRINGELSE_IVAERKSAT, title="Anbragt",
        occurred_at=NOW + (day - TODAY),
        answers={"grund": "andet", "handicap": "nej", "foraeldreplan": "nej"},
    )  # fmt: skip
    record_event(desk.sag, note, **desk.act())
    return runs(desk)[-1]


@pytest.mark.parametrize("by_hand", [True, False])
def test_paragraf_46_our_own_decision_of_a_placement_that_came_with_the_case_lies_where_it_lies(
    desk: Desk, by_hand: bool
) -> None:
    day = TODAY + timedelta(days=20)
    desk.town.now += timedelta(days=30)
    if by_hand:
        noted_here(desk, day)
    else:
        desk.town.happened(
            H.ANBRINGELSE_IVAERKSAT, sag=desk.sag, person=desk.alma,
            occurred_at=NOW + timedelta(days=20), data={"anbringelse": str(uuid4())},
        )  # fmt: skip
    ours = Before(on=day, by=Decider.KOMMUNEN, paper="Dokument 7")
    wanted = {**PLACE, "before": ours, "starts_on": day}
    if by_hand:
        assert (
            "har været her siden" in refused(desk, "anbringelse_samtykke", **wanted)["afgjort_dag"]
        )
    else:
        assert desk.begun("anbringelse_samtykke", **wanted).runs


def test_paragraf_46_a_placement_of_an_event_without_a_key_is_written_in(desk: Desk) -> None:
    desk.town.happened(
        H.ANBRINGELSE_IVAERKSAT, sag=desk.sag, person=desk.alma,
        occurred_at=NOW - timedelta(days=200),
    )  # fmt: skip
    [key] = runs(desk)
    assert str(desk.begun("anbringelse_samtykke", **PLACE, starts_on=CAME).id) == key


def test_paragraf_156_a_note_that_is_written_in_is_not_taken_back(desk: Desk) -> None:
    noted_here(desk, CAME)
    with desk.town.product.store.read() as connection:
        [old] = noted.of_case(connection, desk.sag)
    desk.begun("anbringelse_samtykke", **PLACE, starts_on=CAME)
    with pytest.raises(WrittenIn):
        take_back(desk.sag, old.id, "Anbragt", "Det var en anden sag.", **desk.act())
    assert desk.deadlines("TILSYN-2") == ["aaben"]


def test_paragraf_46_one_that_is_over_is_not_written_in_as_running(desk: Desk) -> None:
    key = brought(desk)
    desk.town.happened(H.ANBRINGELSE_OPHOERT, sag=desk.sag, person=desk.alma,
                       data={"anbringelse": key})  # fmt: skip
    assert str(desk.begun("anbringelse_samtykke", **PLACE, starts_on=CAME).id) != key


def test_paragraf_95_a_support_that_is_noted_is_asked_about_and_not_counted_twice(
    desk: Desk,
) -> None:
    key = brought(desk, H.INDSATS_IVAERKSAT)
    wanted: dict[str, Any] = {"before": OLD, "starts_on": CAME}
    assert set(refused(desk, "familiebehandling", **wanted)) == {"noteret"}
    its = desk.begun(**wanted, noted=key)
    assert (str(its.id), runs(desk)) == (key, [key])
    assert len(desk.happened(H.INDSATS_IVAERKSAT)) == 1
    other = desk.begun("kontaktperson", **wanted, noted=NEW)
    assert set(runs(desk)) == {key, str(other.id)}
    ended(desk, its, words="Familien vil ikke mere.")
    assert runs(desk) == [str(other.id)]


def test_paragraf_95_a_support_from_another_day_is_new_unless_it_is_said(desk: Desk) -> None:
    key = brought(desk, H.INDSATS_IVAERKSAT)
    assert str(desk.begun().id) != key
    with pytest.raises(NotClear):
        record_event(desk.sag, Note(
            form=uuid4(), what=H.INDSATS_OPHOERT, title="Ophørt", occurred_at=desk.act()["now"],
            about={Subject.INDSATS: str(desk.begun(noted=key).id)},
        ), **desk.act())  # fmt: skip


def test_paragraf_50_what_was_written_in_is_known_to_be_without_consent(desk: Desk) -> None:
    brought(desk)
    court = Before(on=CAME, by=Decider.RETTEN, paper="Dokument 7")
    desk.begun("anbringelse_uden", **{**PLACE, "before": court}, starts_on=CAME)
    with desk.town.product.store.read() as connection:
        born = connection.scalar(sa.select(personer.c.born).where(personer.c.id == desk.alma))
        there = situation(connection, desk.alma, born=born, day=TODAY)
    assert {Forudsat.ANBRAGT, Forudsat.UDEN_SAMTYKKE} <= there
    assert danish_day(NOW) == date(2026, 6, 11)


def test_paragraf_91_a_plan_that_is_asked_for_is_not_asked_for_anew(desk: Desk) -> None:
    said = {"grundlag": "samtykke", "plan": True, "afgoerelsesdato": CAME.isoformat()}
    desk.town.happened(
        H.AFGOERELSE_TRUFFET, sag=desk.sag, person=desk.alma, data=said,
        occurred_at=NOW - timedelta(days=200),
    )  # fmt: skip
    brought(desk)
    desk.begun("anbringelse_samtykke", **PLACE, starts_on=CAME)
    assert desk.deadlines("PLAN-ANB") == ["aaben"]
    assert desk.happened(H.PLAN_BESLUTTET) == []
