"""A placed child moves on the statement of the place, and is visited where it lives."""

from datetime import date, timedelta
from typing import Any

import pytest

from dubu_plugin.domain.gates.begins import Decider
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import Skift
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.move import Moved, move
from dubu_plugin.usecases.indsats.on_indsats import (
    IndsatsChanged,
    IndsatsNotClear,
    IndsatsNotThere,
)
from dubu_plugin.usecases.indsats.tilsyn import note_visit

from .desk import TODAY, Desk


def moved(desk: Desk, its: Indsats, **more: Any) -> None:
    values = {
        "seen": its.version, "on": TODAY, "place": "opholdssted", "place_name": "Prøvehuset",
        "reason": "flytning_match", "statement_on": date(2026, 6, 8),
        "statement": "Alma har brug for flere voksne.",
        "elsewhere": Elsewhere(TODAY, Decider.UDVALGET, "Dokument 9", 4), **more,
    }  # fmt: skip
    move(desk.sag, its.id, Moved(**values), **desk.act())


def wrong_of(desk: Desk, its: Indsats, **more: Any) -> dict[str, str]:
    with pytest.raises(IndsatsNotClear) as no:
        moved(desk, its, **more)
    assert desk.its(its.id).place == its.place
    return dict(no.value.fields)


def visited(desk: Desk, its: Indsats, **more: Any) -> Any:
    values = {"on": TODAY, "talk": "alene", "why": "", "words": "Alma trives.", "advisers": 2,
              "why_one": "", **more}  # fmt: skip
    return note_visit(desk.sag, its.id, **values, **desk.act())


def test_a_move_keeps_the_place_before_and_the_statement(desk: Desk) -> None:
    its = desk.placed()
    moved(desk, its, words="Alma ville gerne.")
    now = desk.its(its.id)
    assert (now.place, now.place_name, now.runs) == ("opholdssted", "Prøvehuset", True)
    last = desk.history(its.id)[0]
    assert (last.kind, last.reason) == (Skift.FLYTNING, "flytning_match")
    assert last.before == {"place": "almen_plejefamilie", "place_name": "Familien Prøvegård"}
    assert "Alma har brug for flere voksne." in last.words
    assert desk.happened(H.ANBRINGELSESSTED_SKIFTET) == [
        {"anbringelse": str(its.id), "grund_kode": "flytning_match"}
    ]
    assert "Prøvehuset" in desk.notes()[-1]["body"]
    with pytest.raises(IndsatsChanged):
        moved(desk, its, place="doegninstitution")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"statement_on": None}, "udtalelse_dag"),
        ({"statement_on": date(2026, 6, 12)}, "udtalelse_dag"),
        ({"statement": " "}, "udtalelse"),
    ],
)
def test_paragraf_98_no_move_before_the_place_has_given_its_statement(
    desk: Desk, more: dict[str, Any], field: str
) -> None:
    found = wrong_of(desk, desk.placed(), **more)
    assert set(found) == {field}
    assert "§\u00a098" in found[field]


def test_paragraf_98_no_child_moves_before_it_is_decided_anew(desk: Desk) -> None:
    desk.decision("anbringelsessted")
    its = desk.placed()
    for more, field in (
        ({}, "sted"),
        ({"by": Decider.ANDEN_KOMMUNE}, "afgjort_dag"),
        ({"on": TODAY}, "afgjort_af"),
        ({"on": TODAY, "by": Decider.NAEVNET}, "afgjort_af"),
        ({"on": TODAY, "by": Decider.ANDEN_KOMMUNE}, "afgjort_hvor"),
        ({"on": date(2020, 1, 1), "by": Decider.ANDEN_KOMMUNE}, "afgjort_dag"),
    ):
        found = wrong_of(desk, its, elsewhere=Elsewhere(**more))
        assert set(found) == {field}, "the first place was decided, no other"
        assert "§\u00a098" in found[field]
    desk.decision("aendret_sted")
    moved(desk, its, elsewhere=Elsewhere())
    again = {"place": "doegninstitution", "place_name": "Prøveborg"}
    now = desk.its(its.id)
    assert set(wrong_of(desk, now, elsewhere=Elsewhere(), **again)) == {"sted"}, "one move each"
    moved(desk, now, **again)
    words = desk.history(its.id)[0].words
    assert "af børne- og ungeudvalget, 4 stemmer. Ligger her: Dokument 9." in words


@pytest.mark.parametrize("votes", [None, 3, 6])
def test_paragraf_142_a_move_the_committee_decided_has_its_votes(
    desk: Desk, votes: int | None
) -> None:
    said = Elsewhere(TODAY, Decider.UDVALGET, "Dokument 9", votes)
    found = wrong_of(desk, desk.placed(), elsewhere=said)
    assert set(found) == {"stemmer"}
    assert "§\u00a0142" in found["stemmer"]


@pytest.mark.parametrize("by", [Decider.KOMMUNEN, Decider.UDVALGET, Decider.FORMANDEN])
def test_paragraf_98_a_move_the_municipality_decides_itself_stands_on_the_case(
    desk: Desk, by: Decider
) -> None:
    its = desk.placed()
    desk.town.now += timedelta(days=2)
    day = TODAY + timedelta(days=2)
    found = wrong_of(desk, its, on=day, elsewhere=Elsewhere(day, by, "Dokument 9"))
    assert "har været her siden" in found["afgjort_dag"]
    moved(desk, its, on=day, elsewhere=Elsewhere(day, Decider.RETTEN, "Dokument 9"))


def test_paragraf_98_and_143_what_the_chairman_decided_moves_a_child_once(desk: Desk) -> None:
    its = desk.placed()
    assert set(wrong_of(desk, its, elsewhere=Elsewhere())) == {"sted"}
    desk.decision("foreloebig_sted")
    moved(desk, its, elsewhere=Elsewhere())
    again = {"place": "doegninstitution", "seen": its.version + 1, "elsewhere": Elsewhere()}
    with pytest.raises(IndsatsNotClear):
        moved(desk, desk.its(its.id), **again)


def test_paragraf_72_a_complaint_about_the_place_keeps_the_child_where_it_is(desk: Desk) -> None:
    its = desk.placed()
    desk.complaint(desk.decision("anbringelsessted"))
    assert "§\u00a072" in wrong_of(desk, its)[""]


@pytest.mark.parametrize("matter", ["samvaer_afbrudt", "foreloebig_samvaer"])
def test_paragraf_105_a_hidden_place_is_decided_and_stands_in_no_note(
    desk: Desk, matter: str
) -> None:
    """By the committee, or by its chairman where it cannot wait (§ 143)."""
    its = desk.placed()
    assert set(wrong_of(desk, its, place_hidden=True)) == {"skjult"}
    desk.decision(matter)
    moved(desk, its, place_hidden=True)
    assert desk.its(its.id).place_hidden
    assert "Prøvehuset" not in desk.notes()[-1]["body"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": "ophoer_andet"}, "grund"),
        ({"place": "sikret"}, "sted"),
        ({"place": "almen_plejefamilie", "place_name": "Familien Prøvegård"}, "sted"),
        ({"on": date(2026, 6, 12)}, "dag"),
        ({"place_name": "x" * 201}, "sted_navn"),
    ],
)
def test_a_move_that_cannot_be_names_its_field(
    desk: Desk, more: dict[str, Any], field: str
) -> None:
    assert set(wrong_of(desk, desk.placed(), **more)) == {field}


def test_only_a_placed_child_moves_or_is_visited(desk: Desk) -> None:
    its = desk.begun()
    with pytest.raises(IndsatsNotThere):
        moved(desk, its)
    with pytest.raises(IndsatsNotThere):
        visited(desk, its)
    over = desk.placed()
    end(desk.sag, over.id, TODAY, "ophoer_doed", "", seen=over.version, **desk.act())
    with pytest.raises(IndsatsNotThere):
        visited(desk, desk.its(over.id))


def test_a_visit_closes_its_duty_and_says_when_the_next_is(desk: Desk) -> None:
    its = desk.placed()
    assert desk.deadlines("TILSYN-2") == ["aaben"]
    due = visited(desk, its)
    assert sorted(desk.deadlines("TILSYN-2")) == ["aaben", "opfyldt"]
    assert due is not None
    assert due.date() == date(2026, 12, 11)
    assert desk.happened(H.TILSYNSBESOEG_FOERT) == [{"anbringelse": str(its.id), "alene": True}]
    last = desk.history(its.id)[0]
    assert (last.kind, last.reason, last.words) == (Skift.TILSYN, "alene", "Alma trives.")


def test_paragraf_156_without_a_talk_alone_it_says_why(desk: Desk) -> None:
    its = desk.placed()
    with pytest.raises(IndsatsNotClear) as no:
        visited(desk, its, talk="med_ansatte")
    assert "§\u00a0156" in no.value.fields["hvorfor"]
    visited(desk, its, talk="ikke_talt", why="Alma ville ikke.")
    assert "Alma ville ikke." in desk.history(its.id)[0].words


def test_paragraf_156_stk_6_two_advisers_talk_with_the_child_or_it_says_why(desk: Desk) -> None:
    its = desk.placed()
    for advisers, field in ((None, "raadgivere"), (1, "en_grund")):
        with pytest.raises(IndsatsNotClear) as no:
            visited(desk, its, advisers=advisers)
        assert set(no.value.fields) == {field}
    visited(desk, its, advisers=1, why_one="Alma bad om at tale med én alene.")
    assert "Hvorfor én rådgiver: Alma bad om" in desk.history(its.id)[0].words
    visited(desk, its, talk="ikke_talt", why="Alma sov.", advisers=None)
    assert "rådgiver" not in desk.history(its.id)[0].words


def test_a_visit_that_is_left_half_is_refused_and_keeps_the_duty(desk: Desk) -> None:
    its = desk.placed()
    with pytest.raises(IndsatsNotClear) as no:
        visited(desk, its, on=None, talk="", words="")
    assert set(no.value.fields) == {"dag", "talt", "ord"}
    assert desk.deadlines("TILSYN-2") == ["aaben"]
