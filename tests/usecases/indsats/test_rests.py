"""An indsats rests on a decision: of the case, or one from before or elsewhere that is named."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.begins import Before, Decider
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.sag import noted
from dubu_plugin.store.sag.noted import MARK
from dubu_plugin.store.tables import afgoerelser, frister, indsatser
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear
from dubu_plugin.usecases.indsats.put_into_effect import put_into_effect
from dubu_plugin.usecases.indsats.wanted import Wanted
from dubu_plugin.usecases.sag.put_right import put_right
from dubu_plugin.usecases.sag.record_event import Note, record_event

from .desk import BEFORE, NOW, TODAY, Desk

PLACE: dict[str, Any] = {
    "place": "almen_plejefamilie", "reason": "omsorgssvigt", "place_name": "Familien Prøvegård",
}  # fmt: skip
MEETING = date(2026, 4, 7)
UDVALG = Before(on=MEETING, by=Decider.UDVALGET, votes=5, paper="Dokument 7")
CHAIR = Before(on=TODAY, by=Decider.FORMANDEN, paper="Dokument 8")


def refused(desk: Desk, code: str = "familiebehandling", **wanted: Any) -> dict[str, str]:
    with pytest.raises(IndsatsNotClear) as no:
        desk.begun(code, **wanted)
    return dict(no.value.fields)


def test_without_a_decision_it_does_not_begin_and_is_not_planned(desk: Desk) -> None:
    for first in (TODAY, TODAY + timedelta(days=9)):
        found = refused(desk, "anbringelse_uden", before=Before(), starts_on=first, **PLACE)
        assert set(found) == {"hvad"}
        assert "§\u00a047" in found["hvad"]
    assert not desk.happened(H.ANBRINGELSE_IVAERKSAT)


def test_a_decision_of_the_case_that_gives_it_is_pointed_at(desk: Desk) -> None:
    desk.decision()
    assert "Den står på sagen" in refused(desk, before=Before())["hvad"]


def test_what_it_rests_on_stands_with_it_and_in_the_journal(desk: Desk) -> None:
    its = desk.begun("anbringelse_uden", before=UDVALG, **PLACE)
    assert its.before == UDVALG
    note = desk.notes()[-1]["body"]
    assert "Afgjort 7.\u00a0april 2026 af børne- og ungeudvalget, 5 stemmer" in note
    assert "Dokument 7" in note


def test_early_help_begins_without_and_keeps_nothing_of_what_was_said(desk: Desk) -> None:
    assert not desk.begun("konsulentbistand").before.is_said
    assert desk.begun("konsulentbistand", before=Before()).runs


def test_the_day_of_the_case_is_the_last_of_the_municipalitys_own(desk: Desk) -> None:
    desk.town.now += timedelta(days=3)
    late = Before(on=TODAY + timedelta(days=1), by=Decider.KOMMUNEN, paper="Dokument 7")
    assert (
        "har været her siden"
        in refused(desk, before=late, starts_on=date(2026, 6, 13))["afgjort_dag"]
    )


def noted_meeting(desk: Desk, who: str, text: str) -> None:
    """Note a meeting of the committee on the second day after the case came here."""
    act = desk.act(who)
    note = Note(
        form=uuid4(), what=H.UDVALGSAFGOERELSE_TRUFFET, title="Udvalget", text=text,
        occurred_at=datetime(2026, 6, 13, 10, tzinfo=UTC),
        answers={"angaar": "anbringelse", "genbehandling": "to_aar"},
    )  # fmt: skip
    record_event(desk.sag, note, **act)


PROTOCOL = "Fire stemte for. Protokollen ligger som dokument 7."


def test_paragraf_47_a_meeting_noted_by_a_leader_is_rested_on(desk: Desk) -> None:
    desk.town.now += timedelta(days=9)
    met = TODAY + timedelta(days=2)
    before = Before(on=met, by=Decider.UDVALGET, votes=4, paper="Dokument 7")
    wanted = {"before": before, "starts_on": TODAY + timedelta(days=3), **PLACE}
    said = refused(desk, "anbringelse_uden", **wanted)["afgjort_dag"]
    assert "en leder notere" in said.replace("\N{NO-BREAK SPACE}", " ")
    for who, text in ((KAREN, PROTOCOL), (HENRIK, "x")):
        noted_meeting(desk, who, text)
        found = refused(desk, "anbringelse_uden", **wanted)
        assert set(found) == {"afgjort_dag"}, "an adviser, and a leader without a word"
    noted_meeting(desk, HENRIK, PROTOCOL)
    assert desk.begun("anbringelse_uden", **wanted).runs
    assert len(desk.happened(H.UDVALGSAFGOERELSE_TRUFFET)) == 3, "it is not told again"


def noted_chair(desk: Desk, who: str, text: str) -> None:
    """Note that the chair decided on the second day after the case came here."""
    note = Note(
        form=uuid4(), what=H.FORELOEBIG_AFGOERELSE_IVAERKSAT, title="Formanden", text=text,
        occurred_at=datetime(2026, 6, 13, 10, tzinfo=UTC),
        answers={"foreloebig": "anbringelse_uden"},
    )  # fmt: skip
    record_event(desk.sag, note, **desk.act(who))


def test_paragraf_143_the_chairs_decision_noted_by_a_leader_is_rested_on(desk: Desk) -> None:
    desk.town.now += timedelta(days=2)
    met = TODAY + timedelta(days=2)
    before = Before(on=met, by=Decider.FORMANDEN, paper="Dokument 8")
    wanted = {"before": before, "starts_on": met, "begins_at": time(9, 0), **PLACE}
    said = refused(desk, "anbringelse_akut", **wanted)["afgjort_dag"]
    assert "en leder notere" in said.replace("\N{NO-BREAK SPACE}", " ")
    desk.town.now += timedelta(hours=6)
    for who, text in ((KAREN, "Formanden traf den i nat, dokument 8."), (HENRIK, "x")):
        noted_chair(desk, who, text)
        found = refused(desk, "anbringelse_akut", **wanted)
        assert set(found) == {"afgjort_dag"}, "an adviser, and a leader without a word"
    noted_chair(desk, HENRIK, "Formanden traf den i nat, dokument 8.")
    assert desk.begun("anbringelse_akut", **wanted).runs


@pytest.mark.parametrize("adviser_last", [True, False])
def test_paragraf_47_whoever_puts_the_note_right_answers_for_it(
    desk: Desk, adviser_last: bool
) -> None:
    desk.town.now += timedelta(days=9)
    who = (HENRIK, KAREN) if adviser_last else (KAREN, HENRIK)
    noted_meeting(desk, who[0], PROTOCOL)
    act = desk.act(who[1])
    with desk.town.product.store.read() as connection:
        [old] = noted.of_case(connection, desk.sag)
    at = datetime(2026, 6, 14, 10, tzinfo=UTC)
    right = Note(
        form=uuid4(), what=old.what, title="Udvalget", text=PROTOCOL, occurred_at=at,
        answers={"angaar": "anbringelse", "genbehandling": "to_aar"},
    )  # fmt: skip
    put_right(desk.sag, old.id, right, "Forkert dag.", **act)
    before = Before(on=date(2026, 6, 14), by=Decider.UDVALGET, votes=4, paper="Dokument 7")
    wanted = {"before": before, "starts_on": date(2026, 6, 15), **PLACE}
    if adviser_last:
        assert set(refused(desk, "anbringelse_uden", **wanted)) == {"afgjort_dag"}
    else:
        assert desk.begun("anbringelse_uden", **wanted).runs


@pytest.mark.parametrize(
    ("code", "before", "rule"),
    [("anbringelse_uden", UDVALG, "PLAN-STRAKS"), ("anbringelse_samtykke", BEFORE, "PLAN-ANB")],
)
def test_paragraf_91_a_placement_decided_elsewhere_asks_for_the_plan_there_is_not(
    desk: Desk, code: str, before: Before, rule: str
) -> None:
    desk.begun(code, before=before, **PLACE)
    assert desk.deadlines(rule) == ["aaben"]
    desk.town.happened(H.BARNETS_PLAN_VEDTAGET, sag=desk.sag, person=desk.alma)
    assert desk.deadlines(rule) == ["opfyldt"]


def test_paragraf_91_the_plan_there_should_have_been_is_due_at_once(desk: Desk) -> None:
    desk.begun("anbringelse_uden", before=UDVALG, **PLACE)
    with desk.town.product.store.read() as connection:
        [row] = connection.execute(sa.select(frister).where(frister.c.rule == "PLAN-STRAKS")).all()
    assert danish_day(row.due) == TODAY
    desk.town.happened(H.AFGOERELSE_OPGIVET, sag=desk.sag, person=desk.alma)
    assert desk.deadlines("PLAN-STRAKS") == ["aaben"], "another decision that is given up"


def test_paragraf_108_a_placement_decided_elsewhere_asks_for_the_ungeplan_too(desk: Desk) -> None:
    desk.begun("anbringelse_uden", before=UDVALG, **PLACE)
    assert desk.deadlines("UNGEPLAN") == ["aaben"]


def test_paragraf_91_a_plan_that_is_approved_is_not_asked_for_again(desk: Desk) -> None:
    desk.town.happened(H.BARNETS_PLAN_VEDTAGET, sag=desk.sag, person=desk.alma)
    desk.begun("anbringelse_uden", before=UDVALG, **PLACE)
    assert desk.deadlines("PLAN-STRAKS") == []


def test_paragraf_50_a_committees_placement_from_elsewhere_is_looked_at_again(desk: Desk) -> None:
    desk.begun("anbringelse_uden", before=UDVALG, **PLACE)
    with desk.town.product.store.read() as connection:
        [row] = connection.execute(sa.select(frister).where(frister.c.rule == "GENB-1")).all()
    assert row.due.date() == date(2027, 4, 7)


def test_paragraf_50_a_child_of_nine_is_not_placed_on_a_decision_of_two_years_ago(
    desk: Desk,
) -> None:
    old = replace(UDVALG, on=TODAY - timedelta(days=800))
    wrong = refused(desk, "anbringelse_uden", before=old, **PLACE)
    assert "senest efter to år" in wrong["afgjort_dag"]
    first = TODAY + timedelta(days=3)
    nearly = replace(UDVALG, on=date(2024, 6, 12))
    planned = desk.begun(
        "anbringelse_uden", before=nearly, **{**PLACE, "starts_on": TODAY + timedelta(days=1)}
    )
    desk.town.now += timedelta(days=3)
    late = Wanted(code="", starts_on=first, reason="omsorgssvigt")
    with pytest.raises(IndsatsNotClear) as no:
        put_into_effect(desk.sag, planned.id, late, seen=1, **desk.act())
    assert "senest efter to år" in no.value.fields[""]


def test_paragraf_143_an_akut_placement_opens_its_clocks(desk: Desk) -> None:
    wanted = {"before": CHAIR, **PLACE}
    assert set(refused(desk, "anbringelse_akut", **wanted)) == {"klokken"}
    assert set(refused(desk, "anbringelse_akut", begins_at=time(23, 0), **wanted)) == {"klokken"}
    desk.begun("anbringelse_akut", begins_at=time(2, 30), **wanted)
    with desk.town.product.store.read() as connection:
        rows = connection.execute(
            sa.select(frister.c.rule, frister.c.state, frister.c.due).where(
                frister.c.rule.startswith("AKUT")
            )
        ).all()
    found = {row.rule: row for row in rows}
    assert {"AKUT-24T", "AKUT-7D"} <= set(found)
    assert found["AKUT-24T"].state == "aaben"
    assert found["AKUT-24T"].due == datetime(2026, 6, 12, 0, 30, tzinfo=UTC)


def test_an_akut_decision_that_is_made_here_or_noted_opens_them_once(desk: Desk) -> None:
    desk.town.happened(
        H.FORELOEBIG_AFGOERELSE_IVAERKSAT, sag=desk.sag, occurred_at=NOW, data={MARK: "x"}
    )
    desk.begun("anbringelse_akut", before=CHAIR, begins_at=time(2, 30), **PLACE)
    assert len(desk.happened(H.FORELOEBIG_AFGOERELSE_IVAERKSAT)) == 1
    assert desk.deadlines("AKUT-24T") == ["aaben"]


def start(desk: Desk, number: Any, **more: Any) -> None:
    wanted = Wanted(code="", starts_on=TODAY, **more)
    put_into_effect(desk.sag, number, wanted, seen=1, **desk.act())


def test_paragraf_46_what_is_planned_begins_only_while_its_decision_stands(desk: Desk) -> None:
    decision = desk.decision()
    planned = desk.begun(afgoerelse=decision, starts_on=TODAY + timedelta(days=9))
    with desk.town.product.store.write(actor="henrik", now=desk.town.now) as work:
        work.connection.execute(
            sa.update(afgoerelser)
            .where(afgoerelser.c.skrift_id == decision)
            .values(state="erstattet")
        )
    with pytest.raises(IndsatsNotClear) as no:
        start(desk, planned.id)
    assert "gælder ikke mere" in no.value.fields[""]


def test_what_was_planned_before_it_was_asked_says_it_when_it_begins(desk: Desk) -> None:
    planned = desk.begun(starts_on=TODAY + timedelta(days=9))
    nothing = dict.fromkeys(("decided_on", "decided_by", "decided_votes", "decided_paper"))
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        work.connection.execute(sa.update(indsatser).values(**nothing))
    with pytest.raises(IndsatsNotClear) as no:
        start(desk, planned.id)
    assert set(no.value.fields) == {"hvad"}
    said = Before(on=TODAY, by=Decider.KOMMUNEN, paper="Dokument 7")
    start(desk, planned.id, before=said)
    assert desk.its(planned.id).before == said
    assert "Dokument 7" in desk.notes()[-1]["body"]


def test_a_day_that_cannot_be_and_too_long_a_text_are_named(desk: Desk) -> None:
    long_ago = Before(on=date(1990, 1, 1), by=Decider.KOMMUNEN, paper="x" * 201)
    assert set(refused(desk, before=long_ago)) == {"afgjort_dag", "afgjort_hvor"}


def test_paragraf_50_stk_5_a_longer_time_noted_with_the_decision_carries_a_placement(
    desk: Desk,
) -> None:
    """The child is older than one year: the law sets no end to what the committee may set."""
    met = date(2024, 3, 4)
    wanted = {"before": replace(UDVALG, on=met), **PLACE}
    said = refused(desk, "anbringelse_uden", **wanted)["afgjort_dag"]
    assert "for gammel" in said
    note = Note(
        form=uuid4(), what=H.UDVALGSAFGOERELSE_TRUFFET, title="Udvalget", text=PROTOCOL,
        occurred_at=datetime(2024, 3, 4, 10, tzinfo=UTC),
        answers={"angaar": "anbringelse", "genbehandling": "tre_aar"},
    )  # fmt: skip
    record_event(desk.sag, note, **desk.act(HENRIK))
    assert desk.begun("anbringelse_uden", **wanted).runs
    assert len(desk.happened(H.UDVALGSAFGOERELSE_TRUFFET)) == 1, "it is not told again"
