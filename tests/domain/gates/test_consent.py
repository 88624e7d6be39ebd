"""Everybody who must consent has, each for themselves, at the age they have on the day."""

from datetime import timedelta

import pytest

from dubu_plugin.domain.afgoerelser import Capacity

from .deciding import DAY, child, matter, only, part, refusals, standing

NOBODY = {"consent": "", "consent_on": None}


def test_paragraf_32_who_has_custody_consents() -> None:
    assert "§ 32" in only(standing(parts=[part(**NOBODY)]))
    assert "samtykker ikke" in only(standing(parts=[part(consent="afslaaet")]))
    father = part(name="Far Testvad", **NOBODY)
    assert "Far Testvad" in only(standing(parts=[part(), father]))
    assert "hvem der skal samtykke" in only(
        standing(parts=[part(capacity=Capacity.FORAELDER, **NOBODY)])
    )


def test_paragraf_46_a_young_person_of_fifteen_consents_and_the_purpose_too() -> None:
    parts = [part(), child(**NOBODY)]
    assert refusals(standing("anbringelse_samtykke", 14, parts=parts)) == []
    assert "fyldt 15 år" in only(standing("anbringelse_samtykke", 15, parts=parts))
    narrow = [part(consent_purpose=False), child()]
    assert "§ 46, stk. 2" in only(standing("anbringelse_samtykke", 15, parts=narrow))


def test_paragraf_33_and_67_from_fifteen() -> None:
    for code in ("stofmisbrug", "permanent"):
        parts = [part(), child(**NOBODY)]
        assert "fyldt 15 år" in only(standing(code, 15, parts=parts))
        assert refusals(standing(code, 14, parts=parts)) == []


def test_paragraf_67_and_142_the_consent_is_there_when_the_committee_meets() -> None:
    met = DAY - timedelta(days=4)
    late = [part(), child(consent_on=DAY)]
    said = only(standing("permanent", 15, parts=late, committee_on=met))
    assert "Udvalget skal have haft det til sit møde" in said
    there = [part(), child(consent_on=met)]
    assert refusals(standing("permanent", 15, parts=there, committee_on=met)) == []


def test_paragraf_98_a_child_of_twelve_consents_to_move() -> None:
    parts = [part(), child(**NOBODY)]
    assert "fyldt 12 år" in only(standing("aendret_sted", 12, parts=parts))
    assert refusals(standing("aendret_sted", 11, parts=parts)) == []


def test_paragraf_114_from_eighteen_the_parents_are_not_asked() -> None:
    parts = [part(**NOBODY), child()]
    assert refusals(standing("ungestoette", 18, parts=parts)) == []
    assert "den unge" in only(standing("ungestoette", 18, parts=[child(**NOBODY)]))


@pytest.mark.parametrize("code", ["ungestoette", "ungestoette_115", "ungestoette_120"])
def test_paragraf_113_at_seventeen_the_young_person_consents_and_the_parents_are_not_asked(
    code: str,
) -> None:
    assert "den unge" in only(standing(code, 17, parts=[part(**NOBODY), child(**NOBODY)]))
    assert refusals(standing(code, 17, parts=[part(**NOBODY), child()])) == []


def test_paragraf_37_and_47_ask_nobody() -> None:
    for code in ("stoette_uden", "anbringelse_uden"):
        assert refusals(standing(code, parts=[part(**NOBODY)])) == []
        assert matter(code).consents_at(15) == frozenset()


def test_a_consent_given_after_the_day_is_none() -> None:
    later = part(consent_on=DAY.replace(day=12))
    assert "kræver samtykke" in only(standing(parts=[later]))
