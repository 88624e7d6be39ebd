"""An indsats begins out of what the law allows, and a complaint keeps it back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Given
from dubu_plugin.domain.gates.begins import Before, Decider
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState, Skift
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import given as given_rows
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import personer
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.give_up import give_up
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear, IndsatsNotThere
from dubu_plugin.usecases.indsats.put_into_effect import put_into_effect
from dubu_plugin.usecases.indsats.start import begin
from dubu_plugin.usecases.indsats.wanted import Wanted, ground
from dubu_plugin.usecases.skrift.on_skrift import CaseClosed

from .desk import HOME, TODAY, Desk


def refused(desk: Desk, **wanted: object) -> dict[str, str]:
    with pytest.raises(IndsatsNotClear) as no:
        desk.begun(**wanted)  # type: ignore[arg-type]
    return dict(no.value.fields)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_it_begins_with_the_law_of_the_decision_and_the_rules_follow(desk: Desk) -> None:
    decision = desk.decision()
    assert desk.deadlines("IVAERK") == ["aaben"]
    new = desk.begun(afgoerelse=decision, expected_end=date(2026, 12, 1), supplier="Familiehuset")
    assert (new.state, new.law, new.decision_law) == (
        IndsatsState.I_GANG, "BL § 32 stk. 1 nr. 5", "BL § 32",
    )  # fmt: skip
    assert (new.amount, new.unit, new.per) == (Decimal(4), "time", "uge")
    assert desk.happened(H.INDSATS_IVAERKSAT) == [
        {
            "indsats": str(new.id), "afgoerelse": str(decision), "handicap": False,
            "kode": "familiebehandling", "hjaelp": "stoette",
        }
    ]  # fmt: skip
    assert desk.has_indsats
    assert desk.deadlines("IVAERK") == ["opfyldt"]
    assert desk.deadlines("OPF-1") == ["aaben"]
    assert desk.kinds(new.id) == [Skift.START]
    assert desk.history(new.id)[0].before == {"state": "planlagt"}


def test_paragraf_95_help_by_chapter_8_has_no_first_follow_up_in_three_months(desk: Desk) -> None:
    desk.begun("familievejleder", amount=Decimal(1), per="")
    [said] = desk.happened(H.INDSATS_IVAERKSAT)
    assert (said["handicap"], said["hjaelp"]) == (True, "kapitel_8")
    assert desk.deadlines("OPF-1") == []


def test_the_journal_gets_a_note_by_itself(desk: Desk) -> None:
    desk.begun()
    [note] = desk.notes()
    assert note["title"].startswith("Indsats sat i gang: Familiebehandling")
    assert "11.\u00a0juni 2026" in note["body"]


def test_a_placement_says_what_its_rules_ask_and_a_hidden_place_is_in_no_note(desk: Desk) -> None:
    desk.decision("samvaer_afbrudt")
    new = desk.placed(place_hidden=True, parents_plan=True)
    [said] = desk.happened(H.ANBRINGELSE_IVAERKSAT)
    assert said == {
        "anbringelse": str(new.id), "handicap": False, "kode": "anbringelse_samtykke",
        "grund": "omsorgssvigt", "foraeldreplan": True,
    }  # fmt: skip
    assert desk.deadlines("TILSYN-2") == ["aaben"]
    assert desk.deadlines("BFU-SOSK") == ["aaben"]
    assert "Prøvegård" not in desk.notes()[-1]["body"]


def test_paragraf_46_a_child_is_placed_in_one_place_at_a_time(desk: Desk) -> None:
    first = desk.placed()
    with pytest.raises(IndsatsNotClear) as no:
        desk.placed(place="opholdssted")
    assert set(no.value.fields) == {"hvad"}
    assert "»Anbringelse med samtykke« fra 11. juni 2026" in plain(no.value.fields["hvad"])
    assert "gem den som planlagt fra i morgen" in plain(no.value.fields["hvad"])
    later = desk.placed(starts_on=date(2026, 6, 20))
    with pytest.raises(IndsatsNotClear) as no:
        desk.placed(place="opholdssted")
    assert "fra 20. juni 2026 er planlagt" in plain(no.value.fields["hvad"])
    with pytest.raises(IndsatsNotClear) as no:
        put_into_effect(
            desk.sag, later.id,
            Wanted(code=later.code, starts_on=TODAY, reason="omsorgssvigt"),
            seen=later.version, **desk.act(),
        )  # fmt: skip
    assert set(no.value.fields) == {"hvad"}
    end(
        desk.sag, first.id, TODAY, "ophoer_hjemgivet", "", seen=first.version, elsewhere=HOME,
        **desk.act(),
    )  # fmt: skip
    assert desk.placed(place="opholdssted").runs


def test_paragraf_46_a_child_whose_placement_is_noted_by_hand_is_not_placed_twice(
    desk: Desk,
) -> None:
    at = desk.town.now - timedelta(days=200)
    planned = desk.placed(starts_on=TODAY + timedelta(days=1))
    said = {"noteret": "x"}
    desk.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=desk.sag, occurred_at=at, data=said)
    assert "Det er noteret" in refused(desk, code="anbringelse_samtykke", place="opholdssted",
                                       reason="omsorgssvigt")["hvad"]  # fmt: skip
    desk.town.now += timedelta(days=1)
    wanted = Wanted(code="", starts_on=TODAY + timedelta(days=1), reason="omsorgssvigt")
    begin = {"seen": planned.version, **desk.act()}
    with pytest.raises(IndsatsNotClear) as no:
        put_into_effect(desk.sag, planned.id, wanted, **begin)
    assert set(no.value.fields) == {"tager_over"}
    desk.town.happened(H.ANBRINGELSE_OPHOERT, sag=desk.sag, data=said)
    put_into_effect(desk.sag, planned.id, wanted, **begin)
    assert desk.its(planned.id).runs


def test_a_placement_takes_a_reason_of_the_statistics(desk: Desk) -> None:
    assert set(refused(desk, code="anbringelse_samtykke", place="opholdssted")) == {"grund"}


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("anbringelse_samtykke", ""),
        ("familiebehandling", "opholdssted"),
        ("ung_kontaktperson", ""),
        ("findes_ikke", ""),
    ],
)
def test_what_the_catalogue_does_not_allow_is_refused(desk: Desk, code: str, place: str) -> None:
    assert set(refused(desk, code=code, place=place)) == {"hvad"}


def test_on_a_decision_only_what_it_is_about_can_be_chosen(desk: Desk) -> None:
    decision = desk.decision("anbringelse_samtykke")
    with desk.town.product.store.read() as connection:
        ours = sager.by_id(connection, desk.sag)
        assert ours is not None
        its = ground(connection, ours, decision, TODAY, desk.town.product)
    assert {one.indsats.code for one in its.choices} == {"anbringelse_samtykke"}
    assert set(refused(desk, afgoerelse=decision)) == {"hvad"}


def test_paragraf_32_a_decision_gives_an_indsats_once(desk: Desk) -> None:
    decision = desk.decision("stoette")
    desk.begun(afgoerelse=decision)
    with pytest.raises(IndsatsNotClear) as no:
        desk.begun(afgoerelse=decision)
    assert "fra 11. juni 2026 er allerede i gang" in plain(no.value.fields["hvad"])
    assert len(desk.happened(H.INDSATS_IVAERKSAT)) == 1


def test_paragraf_72_a_complaint_with_opsaettende_virkning_keeps_it_back(desk: Desk) -> None:
    decision = desk.decision()
    desk.complaint(decision)
    found = refused(desk, afgoerelse=decision)
    assert "retssikkerhedsloven §\u00a072" in found[""]
    assert not desk.happened(H.INDSATS_IVAERKSAT)
    planned = desk.begun(afgoerelse=decision, starts_on=date(2026, 7, 20))
    assert planned.state is IndsatsState.PLANLAGT, "it may be planned"


def test_paragraf_72_a_complaint_about_the_place_keeps_a_placement_back(desk: Desk) -> None:
    desk.complaint(desk.decision("anbringelsessted"))
    place = {"place": "opholdssted", "reason": "omsorgssvigt"}
    assert "§\u00a072" in refused(desk, code="anbringelse_samtykke", **place)[""]
    assert desk.begun().state is IndsatsState.I_GANG, "what has no place is not kept back"


def test_paragraf_105_a_place_is_hidden_only_where_it_is_decided(desk: Desk) -> None:
    place = {"place": "opholdssted", "reason": "omsorgssvigt", "place_hidden": True}
    assert "§\u00a0105" in refused(desk, code="anbringelse_samtykke", **place)["skjult"]


def test_paragraf_99_nothing_for_a_child_begins_at_eighteen(desk: Desk) -> None:
    planned = desk.begun(starts_on=date(2026, 6, 20))
    with desk.town.product.store.write(actor="system", now=desk.town.now) as work:
        work.connection.execute(
            sa.update(personer).where(personer.c.id == desk.alma).values(born=date(2008, 6, 11))
        )
    with pytest.raises(IndsatsNotClear) as no:
        put_into_effect(
            desk.sag, planned.id, Wanted(code="", starts_on=TODAY), seen=1, **desk.act()
        )
    assert "§\u00a099" in no.value.fields["fra"]


def test_the_first_day_is_not_before_the_decision(desk: Desk) -> None:
    decision = desk.decision()
    found = refused(desk, afgoerelse=decision, starts_on=date(2026, 6, 10))
    assert "11.\u00a0juni 2026" in found["fra"]


def test_it_does_not_outlast_its_decision(desk: Desk) -> None:
    decision = desk.decision(ends=date(2026, 9, 1))
    found = refused(desk, afgoerelse=decision, expected_end=date(2026, 9, 2))
    assert "1.\u00a0september 2026" in found["til"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_on": None}, "fra"),
        ({"expected_end": date(2026, 6, 1)}, "til"),
        ({"amount": Decimal(-1)}, "antal"),
        ({"per": "time"}, "per"),
        ({"supplier": "x" * 201}, "leverandoer"),
        ({"goals": [uuid4()]}, "maal"),
    ],
)
def test_what_is_left_out_or_cannot_be_is_named(
    desk: Desk, wrong: dict[str, object], field: str
) -> None:
    assert set(refused(desk, **wrong)) == {field}


def test_it_serves_goals_of_the_plan(desk: Desk) -> None:
    goal = desk.goal()
    assert list(desk.serves(desk.begun(goals=[goal]).id)) == [goal]


def test_what_is_planned_begins_on_its_day_or_is_given_up(desk: Desk) -> None:
    planned = desk.begun(starts_on=date(2026, 6, 20))
    assert planned.state is IndsatsState.PLANLAGT
    assert not desk.has_indsats
    put_into_effect(desk.sag, planned.id, Wanted(code="", starts_on=TODAY), seen=1, **desk.act())
    assert desk.its(planned.id).state is IndsatsState.I_GANG
    assert desk.its(planned.id).starts_on == TODAY
    assert desk.history(planned.id)[0].before == {"state": "planlagt", "starts_on": "2026-06-20"}
    with pytest.raises(IndsatsNotThere):
        give_up(desk.sag, planned.id, "Nej", seen=2, **desk.act())
    other = desk.begun(starts_on=date(2026, 6, 20))
    with pytest.raises(IndsatsNotClear):
        give_up(desk.sag, other.id, " ", seen=1, **desk.act())
    give_up(desk.sag, other.id, "Familien er flyttet.", seen=1, **desk.act())
    assert desk.its(other.id).state is IndsatsState.OPGIVET


def test_not_by_a_stranger_nor_on_another_case_or_a_closed_one(desk: Desk) -> None:
    with pytest.raises(NotYours):
        begin(desk.sag, Wanted(code="familiebehandling"), **desk.act(ANDERS))
    elsewhere = desk.town.sag(desk.town.person("Emil Testvad"))
    new = desk.begun()
    with pytest.raises(NotYours):
        give_up(elsewhere, new.id, "Nej", seen=1, **desk.act())
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        sager.change(work.connection, desk.sag, phase=sager.CLOSED)
    with pytest.raises(CaseClosed):
        desk.begun()


def at_seventeen(desk: Desk) -> date:
    """Have the child be seventeen, and return the day it is eighteen."""
    with desk.town.product.store.write(actor="system", now=desk.town.now) as work:
        work.connection.execute(
            sa.update(personer).where(personer.c.id == desk.alma).values(born=date(2009, 2, 14))
        )
    return date(2027, 2, 14)


def test_paragraf_111_what_is_decided_at_seventeen_is_planned_for_the_eighteenth_birthday(
    desk: Desk,
) -> None:
    birthday = at_seventeen(desk)
    given = [Given(code="ung_doegnophold", place="almen_plejefamilie", starts_on=birthday)]
    decision = desk.decision("ungestoette")
    with desk.town.product.store.write(actor="henrik", now=desk.town.now) as work:
        given_rows.give(work.connection, decision, given)
    wanted: dict[str, Any] = {
        "code": "ung_doegnophold",
        "place": "almen_plejefamilie",
        "afgoerelse": decision,
    }
    with desk.town.product.store.read() as connection:
        ours = sager.by_id(connection, desk.sag)
        assert ours is not None
        its = ground(connection, ours, decision, TODAY, desk.town.product)
    assert [one.indsats.code for one in its.choices if one.place
            and one.place.code == "almen_plejefamilie"] == ["ung_doegnophold"]  # fmt: skip
    before = birthday - timedelta(days=1)
    assert set(refused(desk, **wanted, starts_on=before)) == {"fra"}
    planned = desk.begun(**wanted, starts_on=birthday)
    assert planned.state is IndsatsState.PLANLAGT
    with pytest.raises(IndsatsNotClear) as no:
        put_into_effect(desk.sag, planned.id, Wanted(code="", starts_on=TODAY),
                        seen=planned.version, **desk.act())  # fmt: skip
    assert set(no.value.fields) == {"fra"}


def test_paragraf_111_what_was_decided_elsewhere_at_seventeen_begins_at_eighteen(
    desk: Desk,
) -> None:
    birthday = at_seventeen(desk)
    before = Before(on=TODAY, by=Decider.ANDEN_KOMMUNE, paper="Dokument 7 i journalen")
    wanted: dict[str, Any] = {"code": "ung_kontaktperson", "before": before, "starts_on": birthday}
    early = birthday - timedelta(days=1)
    assert "hvad" in refused(desk, **{**wanted, "starts_on": early})
    assert desk.begun(**wanted).state is IndsatsState.PLANLAGT
    assert "hvad" in refused(desk, **{**wanted, "starts_on": TODAY})


def test_paragraf_46_nothing_begins_before_the_day_the_parties_were_told(desk: Desk) -> None:
    told = date(2026, 6, 20)
    decision = desk.decision("anbringelse_samtykke", starts_on=told)
    wanted: dict[str, Any] = {"afgoerelse": decision, "before": Before()}
    with pytest.raises(IndsatsNotClear) as no:
        desk.placed(**wanted, starts_on=TODAY)
    assert "20.\u00a0juni 2026" in no.value.fields["fra"]
    planned = desk.placed(**wanted, starts_on=told)
    with pytest.raises(IndsatsNotClear) as no:
        put_into_effect(desk.sag, planned.id, Wanted(code="", starts_on=TODAY,
                        reason="omsorgssvigt"), seen=planned.version, **desk.act())  # fmt: skip
    assert set(no.value.fields) == {"fra"}


def test_paragraf_52_a_child_lives_at_the_kind_of_place_that_was_decided(desk: Desk) -> None:
    decision = desk.decision("anbringelse_samtykke")
    with desk.town.product.store.write(actor="henrik", now=desk.town.now) as work:
        given = Given(code="anbringelse_samtykke", place="doegninstitution")
        given_rows.give(work.connection, decision, [given])
    wanted: dict[str, Any] = {"afgoerelse": decision, "before": Before()}
    with pytest.raises(IndsatsNotClear) as no:
        desk.placed(**wanted, place="kostskole")
    assert set(no.value.fields) == {"hvad"}
    desk.decision("anbringelsessted")
    assert desk.placed(**wanted, place="kostskole").runs, "the place is decided by itself since"
