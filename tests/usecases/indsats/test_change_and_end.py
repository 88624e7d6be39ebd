"""An indsats is changed, goes on and ends; what was before stands, and the second is told."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.gates.begins import Decider
from dubu_plugin.domain.gates.taken_away import How
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState, Skift
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.usecases.indsats.change import Changed, change, go_on
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.on_indsats import (
    IndsatsChanged,
    IndsatsNotClear,
    IndsatsNotThere,
)

from .desk import HOME, RULED, TODAY, Desk


def changed(desk: Desk, its: Indsats, **more: Any) -> None:
    values = {"seen": its.version, "on": TODAY, "reason": "aendring_mere", "amount": Decimal(6),
              "per": "uge", **more}  # fmt: skip
    change(desk.sag, its.id, Changed(**values), **desk.act())


def ended(desk: Desk, its: Indsats, **more: Any) -> None:
    values = {"on": TODAY, "reason": "ophoer_maal_naaet", "words": "", "seen": its.version, **more}
    if values["words"]:
        values.setdefault("how", How.BEDT_OM)
    end(desk.sag, its.id, **values, **desk.act())


def test_a_change_keeps_what_was_before_and_why(desk: Desk) -> None:
    goal = desk.goal()
    its = desk.begun()
    changed(desk, its, goals=[goal], words="Skolen beder om mere.")
    now = desk.its(its.id)
    assert (now.amount, now.version) == (Decimal(6), its.version + 1)
    last = desk.history(its.id)[0]
    assert (last.kind, last.reason) == (Skift.AENDRING, "aendring_mere")
    assert last.before == {"amount": "4.00", "maal": []}
    assert last.words == "Skolen beder om mere."
    assert list(desk.serves(its.id)) == [goal]
    assert desk.happened(H.INDSATS_AENDRET) == [
        {"indsats": str(its.id), "skift": "aendring", "grund_kode": "aendring_mere"}
    ]


def test_of_two_who_change_the_same_the_second_is_told_and_nothing_is_lost(desk: Desk) -> None:
    its = desk.begun()
    changed(desk, its)
    with pytest.raises(IndsatsChanged):
        changed(desk, its, amount=Decimal(2))
    assert desk.its(its.id).amount == Decimal(6)
    assert len(desk.happened(H.INDSATS_AENDRET)) == 1
    changed(desk, desk.its(its.id), amount=Decimal(8))
    assert [one.before.get("amount") for one in desk.history(its.id)] == ["6.00", "4.00", None]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": "ophoer_maal_naaet"}, "grund"),
        ({"on": None}, "dag"),
        ({"on": date(2026, 6, 10)}, "dag"),
        ({"amount": Decimal(0)}, "antal"),
        ({"expected_end": date(2026, 6, 10)}, "til"),
        ({"goals": [uuid4()]}, "maal"),
        ({"words": "x" * 4001}, "ord"),
        ({"amount": Decimal(4)}, ""),
    ],
)
def test_a_change_that_cannot_be_names_its_field(
    desk: Desk, wrong: dict[str, Any], field: str
) -> None:
    its = desk.begun()
    with pytest.raises(IndsatsNotClear) as no:
        changed(desk, its, **wrong)
    assert set(no.value.fields) == {field}
    assert desk.its(its.id).version == its.version


def test_it_goes_on_until_another_day(desk: Desk) -> None:
    its = desk.begun(expected_end=date(2026, 9, 1))
    go_on(desk.sag, its.id, date(2027, 3, 1), "Det går fremad.", seen=its.version, **desk.act())
    assert desk.its(its.id).expected_end == date(2027, 3, 1)
    last = desk.history(its.id)[0]
    assert (last.kind, last.before) == (Skift.FORTSAETTELSE, {"expected_end": "2026-09-01"})
    with pytest.raises(IndsatsNotClear):
        go_on(desk.sag, its.id, date(2026, 6, 10), "", seen=its.version + 1, **desk.act())


@pytest.mark.parametrize("ruled", [AfgoerelseState.OPHAEVET, AfgoerelseState.HJEMVIST])
def test_rsl_68_nothing_goes_on_by_a_decision_ankestyrelsen_has_lifted_or_sent_back(
    desk: Desk, ruled: AfgoerelseState
) -> None:
    number = desk.decision()
    its = desk.begun(afgoerelse=number)
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        afgoerelser.ruled(work.connection, number, ruled, TODAY)
    with pytest.raises(IndsatsNotClear) as no:
        go_on(desk.sag, its.id, None, "", seen=its.version, **desk.act())
    assert "retssikkerhedsloven §\u00a068" in no.value.fields[""]


def test_the_last_that_ends_leaves_the_child_without_support(desk: Desk) -> None:
    first, second = desk.begun(), desk.begun("kontaktperson")
    ended(desk, first, words="Moderen har bedt om det.")
    supported = [desk.has_indsats]
    ended(desk, second, words="Målet er nået.")
    assert [*supported, desk.has_indsats] == [True, False]
    now = desk.its(second.id)
    assert (now.state, now.ended_on) == (IndsatsState.OPHOERT, TODAY)
    assert set(desk.deadlines("OPF-1")) <= {"bortfaldet", "afloest"}
    assert {"indsats": str(second.id), "grund_kode": "ophoer_maal_naaet"} in desk.happened(
        H.INDSATS_OPHOERT
    )
    assert desk.notes()[-1]["title"].startswith("Indsats afsluttet: ")
    assert "Familien har selv bedt om det: Målet er nået." in desk.notes()[-1]["body"]
    with pytest.raises(IndsatsNotThere):
        ended(desk, now)


def test_a_child_that_lives_at_home_again_is_told_to_the_rules(desk: Desk) -> None:
    its = desk.placed()
    desk.decision("hjemgivelse")
    ended(desk, its, reason="ophoer_hjemgivet")
    assert desk.happened(H.BARN_HJEMGIVET) == [{"anbringelse": str(its.id)}]
    assert desk.deadlines("TILSYN-2") == ["bortfaldet"]


def test_paragraf_100_no_child_goes_home_before_it_is_decided(desk: Desk) -> None:
    desk.decision("hjemgivelse", on=date(2026, 6, 1))
    its = desk.placed()
    for more, field in (
        ({}, "grund"),
        ({"elsewhere": replace(HOME, on=None)}, "afgjort_dag"),
        ({"elsewhere": replace(HOME, on=date(2026, 6, 12))}, "afgjort_dag"),
        ({"elsewhere": replace(HOME, by=None)}, "afgjort_af"),
        ({"elsewhere": replace(HOME, by=Decider.NAEVNET)}, "afgjort_af"),
        ({"elsewhere": replace(HOME, by=Decider.FORMANDEN)}, "afgjort_af"),
        ({"elsewhere": replace(HOME, paper=" ")}, "afgjort_hvor"),
        ({"elsewhere": replace(HOME, paper="x" * 201)}, "afgjort_hvor"),
        ({"elsewhere": RULED}, "periode_til"),
        ({"elsewhere": replace(HOME, no_period=True)}, "periode_til"),
        ({"elsewhere": replace(HOME, until=date(2026, 6, 10))}, "periode_til"),
        ({"elsewhere": replace(HOME, starts=None)}, "periode_fra"),
        ({"elsewhere": replace(HOME, starts=date(2026, 6, 10))}, "periode_fra"),
        ({"elsewhere": replace(HOME, starts=date(2026, 6, 12))}, "periode_fra"),
        ({"elsewhere": replace(HOME, until=date(2026, 12, 12))}, "periode_til"),
    ):
        with pytest.raises(IndsatsNotClear) as no:
            ended(desk, its, reason="ophoer_hjemgivet", **more)
        assert set(no.value.fields) == {field}, "one from before the placement counts for nothing"
        assert "§\u00a0100" in no.value.fields[field] or "for lang" in no.value.fields[field]
    assert desk.its(its.id).runs
    ended(desk, its, reason="ophoer_hjemgivet", elsewhere=HOME)
    assert desk.history(its.id)[0].words == (
        "Afgjort 11. juni 2026 af Ankestyrelsen. Ligger her: Dokument 9. "
        "Hjemgivelsesperioden er fra 11. juni 2026 til 9. september 2026."
    )


@pytest.mark.parametrize("none", [False, True])
def test_paragraf_100_a_decision_from_elsewhere_is_told_to_the_rules_with_its_period(
    desk: Desk, none: bool
) -> None:
    its = desk.placed()
    said = replace(RULED, no_period=True) if none else HOME
    ended(desk, its, reason="ophoer_hjemgivet", elsewhere=said)
    [told] = desk.happened(H.HJEMGIVELSE_BESLUTTET)
    assert told.get("uden_periode") is (True if none else None)
    assert told.get("periode_fra") == (None if none else "2026-06-11")
    assert told.get("ende") == (None if none else "2026-09-09")
    assert len(desk.deadlines("HJEMG-PER")) == (0 if none else 1)


@pytest.mark.parametrize("by", [Decider.KOMMUNEN, Decider.UDVALGET])
def test_paragraf_100_what_the_municipality_decides_itself_stands_on_the_case(
    desk: Desk, by: Decider
) -> None:
    desk.town.now += timedelta(days=1)
    its = desk.placed()
    ours = replace(HOME, by=by, on=TODAY + timedelta(days=1))
    with pytest.raises(IndsatsNotClear) as no:
        end(
            desk.sag, its.id, TODAY + timedelta(days=1), "ophoer_hjemgivet", "", seen=its.version,
            elsewhere=ours, **desk.act(),
        )  # fmt: skip
    assert "har været her siden" in no.value.fields["afgjort_dag"]
    assert not desk.happened(H.BARN_HJEMGIVET)
    ended(desk, its, reason="ophoer_hjemgivet", elsewhere=replace(ours, on=TODAY))


def test_paragraf_72_a_complaint_about_going_home_keeps_the_placement(desk: Desk) -> None:
    its = desk.placed()
    desk.complaint(desk.decision("hjemgivelse"))
    with pytest.raises(IndsatsNotClear) as no:
        ended(desk, its)
    assert "afsluttes" in no.value.fields[""]
    assert desk.its(its.id).runs


def test_an_end_without_a_reason_of_its_kind_is_refused(desk: Desk) -> None:
    its = desk.begun()
    with pytest.raises(IndsatsNotClear) as no:
        ended(desk, its, reason="ophoer_hjemgivet", on=date(2026, 6, 12))
    assert set(no.value.fields) == {"grund", "dag"}


def test_paragraf_32_help_goes_on_by_itself_no_longer_than_its_decision(desk: Desk) -> None:
    last = TODAY + timedelta(days=90)
    its = desk.begun(afgoerelse=desk.decision(ends=last))
    assert its.expected_end == last
    go_on(desk.sag, its.id, None, "Det går fremad.", seen=its.version, **desk.act())
    assert desk.its(its.id).expected_end == last, "an empty day is the last one of the decision"
    desk.town.now += timedelta(days=91)
    with pytest.raises(IndsatsNotClear) as no:
        go_on(desk.sag, its.id, None, "", seen=desk.its(its.id).version, **desk.act())
    assert "Træf en ny afgørelse" in no.value.fields["til"]


LESS = ({"amount": Decimal(1)}, {"amount": None}, {"per": "maaned"}, {"expected_end": TODAY})


@pytest.mark.parametrize("less", LESS)
def test_paragraf_99_help_becomes_less_by_a_decision_or_because_the_family_asked(
    desk: Desk, less: dict[str, Any]
) -> None:
    its = desk.begun(expected_end=TODAY + timedelta(days=200))
    kept = {"expected_end": its.expected_end, **less}
    with pytest.raises(IndsatsNotClear) as no:
        changed(desk, its, **kept)
    assert "kun fra familien ved en afgørelse" in no.value.fields["hvordan"]
    with pytest.raises(IndsatsNotClear) as no:
        changed(desk, its, **kept, how=How.BEDT_OM)
    assert "hvem i familien" in no.value.fields["ord"]
    changed(desk, its, **kept, how=How.BEDT_OM, words="Moderen bad om det i telefonen i dag.")


def test_paragraf_99_a_newer_decision_makes_help_less(desk: Desk) -> None:
    its = desk.begun()
    desk.decision()
    changed(desk, its, amount=Decimal(1))
    assert desk.its(its.id).amount == Decimal(1)


def test_paragraf_11_lost_pay_becomes_less_fourteen_weeks_after_the_family_was_told(
    desk: Desk,
) -> None:
    its = desk.begun("tabt_arbejdsfortjeneste", amount=Decimal(10), per="uge")
    with pytest.raises(IndsatsNotClear) as no:
        changed(desk, its, amount=Decimal(1))
    assert "14 ugers varsel" in no.value.fields["hvordan"]
    desk.decision("tabt_ophoer")
    with pytest.raises(IndsatsNotClear) as no:
        changed(desk, its, amount=Decimal(1))
    assert "Varslet er mindst" in no.value.fields["dag"]


def test_paragraf_105_the_place_the_child_lives_at_is_hidden_by_the_decision(desk: Desk) -> None:
    """Nobody moves for it; and the place is told again when it is hidden no more."""
    its = desk.placed()
    said = {"reason": "aendring_andet", "amount": its.amount}
    with pytest.raises(IndsatsNotClear) as no:
        changed(desk, its, place_hidden=True, **said)
    assert "§\u00a0105" in no.value.fields["skjult"]
    desk.decision("samvaer_afbrudt", ends=TODAY + timedelta(days=60))
    changed(desk, its, place_hidden=True, **said)
    assert desk.its(its.id).place_hidden
    assert desk.history(its.id)[0].before == {"place_hidden": False}
    changed(desk, desk.its(its.id), place_hidden=None, **{**said, "supplier": "Prøvehuset"})
    assert desk.its(its.id).place_hidden, "where nobody was asked it is as it was"
    changed(desk, desk.its(its.id), place_hidden=False, **{**said, "supplier": "Prøvehuset"})
    assert not desk.its(its.id).place_hidden


def test_paragraf_99_what_was_written_wrong_is_put_right_where_no_decision_says_it(
    desk: Desk,
) -> None:
    """The paper lies elsewhere: it is named. What is decided on the case is no slip of the pen."""
    wrong: dict[str, Any] = {"how": How.SKREVET_FORKERT, "amount": Decimal(4)}
    sooner = TODAY + timedelta(days=30)
    its = desk.begun(expected_end=TODAY + timedelta(days=300))
    with pytest.raises(IndsatsNotClear) as no:
        changed(desk, its, expected_end=sooner, words="", **wrong)
    assert "hvor afgørelsen ligger" in no.value.fields["ord"]
    changed(desk, its, expected_end=sooner, words="Bevilget til 11. juli, Dok. 7.", **wrong)
    assert desk.its(its.id).expected_end == sooner
    with pytest.raises(IndsatsNotClear) as no:
        ended(desk, desk.its(its.id), how=How.SKREVET_FORKERT, words="Dok. 7.")
    assert "hvordan" in no.value.fields, "it does not end so"
    other = desk.begun(afgoerelse=desk.decision(ends=TODAY + timedelta(days=300)))
    with pytest.raises(IndsatsNotClear) as no:
        changed(desk, other, expected_end=sooner, words="Dok. 7.", **wrong)
    assert set(no.value.fields) == {"hvordan"}


def test_paragraf_99_less_is_less_though_nobody_said_how_much_it_was(desk: Desk) -> None:
    its = desk.begun(afgoerelse=desk.decision(), amount=None, per="")
    with pytest.raises(IndsatsNotClear) as no:
        changed(desk, its, reason="aendring_mindre", amount=Decimal(1))
    assert set(no.value.fields) == {"hvordan"}
    changed(desk, its, reason="aendring_behov", amount=Decimal(1))


@pytest.mark.parametrize("known", [date(2027, 4, 7), None])
def test_paragraf_99_help_does_not_go_on_for_a_shorter_time_than_it_was_given(
    desk: Desk, known: date | None
) -> None:
    """Else it could end that day as what it was granted to."""
    its = desk.begun(expected_end=known)
    with pytest.raises(IndsatsNotClear) as no:
        go_on(desk.sag, its.id, TODAY, "", seen=its.version, **desk.act())
    assert set(no.value.fields) == {"til"}
    with pytest.raises(IndsatsNotClear):
        ended(desk, desk.its(its.id))
    go_on(desk.sag, its.id, known, "", seen=its.version, **desk.act())
