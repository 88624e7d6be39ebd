"""What a decision presupposes: each matter is refused where it is not there, by its paragraph."""

from dataclasses import replace

import pytest

from dubu_plugin.domain.afgoerelser import Matter, Outcome
from dubu_plugin.domain.forudsat import WORDS, Forudsat
from dubu_plugin.domain.gates.presupposed import forudsat

from .deciding import MATTERS, only, refusals, standing

PRESUPPOSING = [
    pytest.param(matter, what, id=f"{matter.code}-{what.value}")
    for matter in MATTERS.rows
    for what in matter.presupposes
]


def of_age(matter: Matter) -> int:
    """An age the decision is for."""
    assert matter.ages is not None
    return min(max(9, matter.ages[0]), matter.ages[1])


@pytest.mark.parametrize(("matter", "what"), PRESUPPOSING)
def test_a_decision_is_refused_where_what_it_presupposes_is_not_there(
    matter: Matter, what: Forudsat
) -> None:
    whole = standing(matter.code, of_age(matter))
    lacking = replace(whole, there=frozenset(whole.there) - {what})
    no = forudsat(lacking)
    assert no is not None
    law = matter.presupposes[what]
    assert no.law == law
    assert no.sentence.replace("\u00a0", " ") == WORDS[what].sentence.format(law=law)
    assert forudsat(whole) is None
    assert forudsat(replace(lacking, outcome=Outcome.AFSLAG)) is None, "a refusal gives nothing"


@pytest.mark.parametrize(("matter", "what"), PRESUPPOSING)
def test_what_can_be_told_in_words_is_asked_for_in_words(matter: Matter, what: Forudsat) -> None:
    whole = standing(matter.code, of_age(matter))
    told = replace(whole, there=frozenset(whole.there) - {what})
    section = WORDS[what].instead
    said = {**whole.said, section or "afgoerelse": "Hun var anbragt i Prøvestrup til 2024."}
    assert (forudsat(replace(told, said=said)) is None) is bool(section)


def test_every_presupposition_has_words() -> None:
    presupposed = {what for one in MATTERS.rows for what in one.presupposes}
    assert set(WORDS) == presupposed
    assert set(Forudsat) - presupposed == {Forudsat.PERMANENT}


def test_paragraf_100_a_child_that_is_not_placed_does_not_go_home() -> None:
    assert "Barnet er ikke anbragt" in only(standing("hjemgivelse", there=frozenset()))


def test_paragraf_106_only_a_place_the_child_lives_at_gives_a_statement() -> None:
    coming = standing("samvaer", statement_on=None, there={Forudsat.ANBRINGELSE})
    assert refusals(coming) == [], "samvær is decided together with the placement"
    there = replace(coming, there={Forudsat.ANBRINGELSE, Forudsat.ANBRAGT})
    assert "§ 106" in only(there)


def test_paragraf_111_what_begins_at_eighteen_is_decided_before() -> None:
    said = only(standing("ungestoette", 17, not_allowed={1}))
    assert "tidligst den dag, den unge fylder 18 år" in said
