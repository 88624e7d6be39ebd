"""Before the birth it is the kommende forældre that are asked, and never the child (§§ 24-27)."""

from datetime import date

import pytest

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.metode.method import FieldRole
from dubu_plugin.store.access import NotYours
from dubu_plugin.usecases.sag.register_birth import Birth, register_birth
from dubu_plugin.usecases.skrift.present import NotFinished, approve, finish

from .desk import BFU, Desk

OF_A_CHILD = {
    "barnets_perspektiv",
    "barnets_holdning",
    "grund",
    "boernehus",
    "to_raadgivere",
    "ppv",
}


@pytest.fixture
def expecting(desk: Desk) -> Desk:
    town = desk.town
    mother = town.person("Line Demolund", born=date(1998, 4, 2))
    child = town.person("Ufødt barn af Line", due_date=date(2026, 7, 1), mother=mother)
    return Desk(town, town.sag(child))


def asked(desk: Desk, kind: SkriftKind, *, unborn: bool) -> dict[str, tuple[str, str]]:
    form = desk.town.product.forms.on_case(kind, None, unborn=unborn)
    return {one.code: (one.title, one.law) for one in form.afsnit}


def finished(desk: Desk) -> None:
    """Write all that must be there before the birth."""
    bfu = desk.begun()
    form = desk.town.product.forms.on_case(BFU, None, unborn=True)
    must = {("", one.code): one for one in form.afsnit if one.required}
    texts = {at: one.choices[0].value if one.choices else "Ja." for at, one in must.items()}
    method = desk.town.product.methods.book.current(date(2026, 6, 11))
    assert method is not None
    for dimension in method.dimensions:
        texts |= {(dimension.code, name): "Ja." for name in ("beskrivelse", "faglig_vurdering")}
    desk.put_at(bfu, texts)


def test_paragraf_26_an_undersoegelse_before_the_birth_stands_without_the_childs_view(
    expecting: Desk,
) -> None:
    finished(expecting)
    approve(expecting.sag, expecting.begun().id, **expecting.leader)


def test_paragraf_5_what_is_of_a_born_child_is_not_asked_before_the_birth(expecting: Desk) -> None:
    before, after = (asked(expecting, BFU, unborn=unborn) for unborn in (True, False))
    assert set(after) - set(before) == OF_A_CHILD
    with pytest.raises(NotYours):
        expecting.put(expecting.begun(), grund="krisecenter")


def test_paragraf_27_the_kommende_foraeldre_are_asked_by_their_own_paragraphs(
    expecting: Desk,
) -> None:
    before = asked(expecting, BFU, unborn=True)
    assert before["foraeldres_holdning"] == ("De kommende forældres syn på støtten", "§ 27, stk. 4")
    assert before["soeskende"] == ("Børn i familien", "§ 26, stk. 2")
    assert not [law for _, law in before.values() if "§ 2" in law and law < "§ 24"]


@pytest.mark.parametrize(
    "kind", [SkriftKind.SCREENING, SkriftKind.AFDAEKNING, SkriftKind.FORELOEBIG_VURDERING, BFU]
)
def test_paragraf_24_no_paragraph_of_a_born_child_is_named_before_the_birth(
    expecting: Desk, kind: SkriftKind
) -> None:
    form = expecting.town.product.forms.on_case(kind, None, unborn=True)
    named = [
        *(one.about for one in form.parts),
        *(one.law for one in form.afsnit),
        *(c.title for one in form.afsnit for c in one.choices),
    ]
    for old in ("§ 5", "§ 18", "§ 19", "§ 20", "§ 21", "§ 22", "§ 47"):
        assert not [words for words in named if f"{old}," in words or f"{old})" in words], old


def test_paragraf_27_what_is_of_a_born_child_may_be_empty_until_it_is_born(
    expecting: Desk,
) -> None:
    finished(expecting)
    bfu = expecting.begun()
    of_a_born = ("dagtilbud_skole_laering", "fritid_venskaber")
    names = ("beskrivelse", "faglig_vurdering")
    expecting.put_at(bfu, {(one, name): "" for one in of_a_born for name in names})
    expecting.put_at(bfu, {("sundhedsforhold", "beskrivelse"): ""})
    with pytest.raises(NotFinished) as no:
        approve(expecting.sag, bfu.id, **expecting.leader)
    assert {one.place for one in no.value.lacking} == {"sundhedsforhold"}
    expecting.put_at(bfu, {("sundhedsforhold", "beskrivelse"): "Ja.",
                           (of_a_born[0], "beskrivelse"): "Begyndt."})  # fmt: skip
    with pytest.raises(NotFinished) as no:
        approve(expecting.sag, bfu.id, **expecting.leader)
    assert {one.place for one in no.value.lacking} == {of_a_born[0]}, "what is begun is finished"


def test_once_born_the_child_is_asked_after(expecting: Desk) -> None:
    finished(expecting)
    bfu = expecting.begun()
    birth = Birth("Sofia Demolund", date(2026, 6, 10))
    register_birth(expecting.sag, birth, **expecting.act())
    with pytest.raises(NotFinished) as no:
        approve(expecting.sag, bfu.id, **expecting.leader)
    assert {one.field for one in no.value.lacking} >= {"barnets_perspektiv", "grund"}


def test_paragraf_24_a_screening_before_the_birth_is_finished_without_the_childs_view(
    expecting: Desk,
) -> None:
    screening = expecting.begun(SkriftKind.SCREENING)
    said = {"anledning": "Ja.", "soeskende": "Nej.", "udfald": "ingen", "konklusion": "Ja."}
    expecting.put(screening, **said)
    finish(expecting.sag, screening.id, **expecting.act())


def test_no_dimension_asks_the_unborn(expecting: Desk) -> None:
    for method in expecting.town.product.methods.book.methods:
        roles = {one.role for one in method.before_birth.fields}
        assert FieldRole.BARNETS_SYN not in roles
        assert FieldRole.FORAELDRENES_SYN in roles
