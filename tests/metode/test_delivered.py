"""The methods that come with the product say what they should."""

from datetime import date

import pytest

from dubu_plugin.domain.aldersbaand import AgeBand
from dubu_plugin.metode.method import FieldRole, Figure, MethodKind
from dubu_plugin.metode.methodbook import MethodBook

TRIANGLE = {
    "Barnets udvikling": [
        "Sundhedsforhold",
        "Udvikling og adfærd",
        "Dagtilbud, skoleforhold og læring",
        "Fritidsforhold og venskaber",
    ],
    "Forældrekompetencer": [
        "Trygt omsorgsmiljø",
        "Stimulering og vejledning",
        "Understøttelse af relationer",
    ],
    "Familie og netværk": [
        "Familieforhold og baggrund",
        "Bolig, beskæftigelse og økonomi",
        "Socialt netværk",
    ],
}

EVERY_FIELD = [
    FieldRole.BESKRIVELSE,
    FieldRole.RESSOURCER,
    FieldRole.UDFORDRINGER,
    FieldRole.BARNETS_SYN,
    FieldRole.FORAELDRENES_SYN,
    FieldRole.FAGLIG_VURDERING,
    FieldRole.UDAEKKET_BEHOV,
    FieldRole.IKKE_RELEVANT,
]


def test_the_triangle_has_its_three_sides_and_ten_dimensions_by_name(ours: MethodBook) -> None:
    ics = ours.versions("ics_2019")[-1]
    assert ics.figure is Figure.TREKANT
    assert {side.title: [d.title for d in ics.on_side(side.code)] for side in ics.sides} == TRIANGLE
    assert [dimension.number for dimension in ics.dimensions] == list(range(1, 11))


@pytest.mark.parametrize(("code", "sides"), [("ics_2007", [7, 6, 7]), ("sel_50", [6])])
def test_an_older_way_of_looking_has_its_dimensions(
    ours: MethodBook, code: str, sides: list[int]
) -> None:
    old = ours.versions(code)[-1]
    assert [len(old.on_side(side.code)) for side in old.sides] == sides


@pytest.mark.parametrize("code", ["ics_2007", "sel_50"])
def test_an_old_case_is_shown_whole_in_the_triangle(ours: MethodBook, code: str) -> None:
    old, ics = ours.versions(code)[-1], ours.versions("ics_2019")[-1]
    for dimension in old.dimensions:
        assert ours.counterparts(dimension.code, old, ics), dimension.code
    for dimension in ics.dimensions:
        assert ours.counterparts(dimension.code, ics, old), dimension.code


def test_stability_is_part_of_care_and_of_relations(ours: MethodBook) -> None:
    old, ics = ours.versions("ics_2007")[-1], ours.versions("ics_2019")[-1]
    shown = [one.code for one in ours.counterparts("stabilitet", old, ics)]
    assert shown == ["trygt_omsorgsmiljoe", "understoettelse_relationer"]


def test_every_dimension_of_every_method_has_the_fields_of_the_work(ours: MethodBook) -> None:
    for method in ours.methods:
        for dimension in method.dimensions:
            roles = [field.role for field in method.fields_of(dimension.code)]
            assert [role for role in roles if role in EVERY_FIELD] == EVERY_FIELD, method.code


def test_the_egg_has_three_ellipses_and_the_child_a_level_from_0_to_4(ours: MethodBook) -> None:
    egg = ours.versions("handicap")[-1]
    assert egg.figure is Figure.AEG
    assert [side.code for side in egg.sides] == ["barnet", "familien", "omgivelser"]
    level = egg.field(FieldRole.FUNKTIONSNIVEAU)
    assert level is not None
    assert [choice.value for choice in level.choices] == ["0", "1", "2", "3", "4"]
    for dimension in egg.dimensions:
        assert (level in egg.fields_of(dimension.code)) == (dimension.side == "barnet")
    whole = {field.role for field in egg.whole_fields}
    assert {FieldRole.MAALGRUPPE, FieldRole.KOMPENSATIONSBEHOV} <= whole


def test_every_age_has_three_to_five_questions_in_every_dimension(ours: MethodBook) -> None:
    for method in ours.methods:
        for dimension in method.dimensions:
            for band in AgeBand:
                shown = ours.guidance(method, dimension.code, band).all
                assert len(shown) >= 3, (method.code, dimension.code, band)
                assert method.guidance_from or len(shown) <= 5, (method.code, dimension.code, band)


def test_a_question_is_short_danish_and_stands_once_in_its_field(ours: MethodBook) -> None:
    for method in ours.methods:
        for asked in method.own_guidance.values():
            assert len(set(asked.all)) == len(asked.all)
            assert all(len(question) <= 110 for question in asked.all), asked.all


def test_what_is_not_in_the_material_is_marked_as_ours(ours: MethodBook) -> None:
    egg = ours.versions("handicap")[-1]
    assert not any(asked.questions for asked in egg.own_guidance.values())
    ics = ours.versions("ics_2019")[-1]
    assert all(asked.questions for asked in ics.own_guidance.values())


@pytest.mark.parametrize(
    ("day", "kind", "code"),
    [
        (date(2018, 12, 31), MethodKind.BOERNEFAGLIG, "ics_2007"),
        (date(2019, 1, 1), MethodKind.BOERNEFAGLIG, "ics_2019"),
        (date(2026, 11, 22), MethodKind.BOERNEFAGLIG, "ics_2019"),
        (date(2023, 12, 31), MethodKind.LOVOMRAADER, "sel_50"),
        (date(2024, 1, 1), MethodKind.LOVOMRAADER, None),
        (date(2026, 11, 22), MethodKind.HANDICAP, "handicap"),
    ],
)
def test_a_new_assessment_begins_with_the_method_of_the_day(
    ours: MethodBook, day: date, kind: MethodKind, code: str | None
) -> None:
    found = ours.current(day, kind)
    assert (found and found.code) == code


def test_every_method_says_where_it_is_from_and_how_sure_it_is(ours: MethodBook) -> None:
    assert all(method.source and method.confidence for method in ours.methods)
