"""Which child a text is about: found only where number and name agree, else shown with reasons."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.match import (
    Candidate,
    Likely,
    Reason,
    fits,
    names_agree,
    ranked,
    the_child,
)
from dubu_plugin.domain.sought import Sought, sought_in

ON = date(2026, 3, 2)
ALMA = Likely(
    "1", "Alma Testvad", Cpr("0312164990"), date(2016, 12, 3), "Prøvegade 7, 9999 Prøvestrup"
)
VIGGO = Likely("2", "Viggo Prøvesen", Cpr("0212214991"), date(2021, 12, 2))
SANNE = Likely("3", "Sanne Testvad", Cpr("2303881990"), date(1988, 3, 23))


@pytest.mark.parametrize(
    "text",
    [
        "031216-4990",
        "CPR 0312164990.",
        "031216 4990",
        "(031216 - 4990)",
        "031216–4990",
    ],
)
def test_a_cpr_number_is_found_however_it_is_written(text: str) -> None:
    assert sought_in(text).cprs == (Cpr("0312164990"),)


@pytest.mark.parametrize(
    "text", ["telefon 99 99 12 10", "1234567", "031216-49901", "12031216-4990"]
)
def test_other_numbers_are_no_cpr_numbers(text: str) -> None:
    assert sought_in(text).cprs == ()


def test_a_number_that_is_no_date_is_counted_and_not_looked_up() -> None:
    found = sought_in("Hun har 991316-4990 stående i brevet.")
    assert found.cprs == ()
    assert found.no_dates == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Barnets navn: Alma Testvad\nMor: Sanne Testvad", ("Alma Testvad",)),
        ("Barn\tMalthe Prøvested\nCPR-nummer\t090312-4991", ("Malthe Prøvested",)),
        ("Vi underretter om Selma Testkilde, CPR 140919-4990, som", ("Selma Testkilde",)),
        ("Jeg er nabo til Anton Demoholt og hans far", ("Anton Demoholt",)),
        ("merudgifter til vores søn Emil Demodal, CPR", ("Emil Demodal",)),
        ("Den gravides navn Freja Prøvelund", ("Freja Prøvelund",)),
        ("underretning om Alma Testvad og Viggo Prøvesen.", ("Alma Testvad", "Viggo Prøvesen")),
        ("Ny underretning, Ida\nBarn: Ida Demobæk", ("Ida Demobæk",)),
        ("En dreng, Søren Testrup på 15 år blive slået hver aften", ("Søren Testrup",)),
        ("Ida Demobæk, 9 år, går alene", ("Ida Demobæk",)),
        ("Sanne Testvad, 38 år, drikker", ()),
        ("underretter om Alma Testvad, hendes bror Viggo på 5 år", ("Alma Testvad",)),
        ("Alma, CPR 031216-4990. Viggo på 5 år er hendes bror", ("Alma",)),
        ("Underretning fra Prøvestrup Skole om fravær", ()),
        ("Vedrørende Prøvestrup Kommune", ()),
    ],
)
def test_the_child_is_named_in_the_ways_people_name_a_child(
    text: str, names: tuple[str, ...]
) -> None:
    assert sought_in(text).names == names


@pytest.mark.parametrize(
    ("text", "names", "perhaps"),
    [
        ("barnets navn: alma testvad", ("Alma Testvad",), ()),
        ("Barnets navn:\talma sofie testvad\nMor: sanne", ("Alma Sofie Testvad",), ()),
        ("elevens navn: alma testvad, cpr 031216-4990", ("Alma Testvad",), ()),
        ("vedr. alma testvad", (), ("Alma Testvad",)),
        ("Vedr. alma testvad, 2.b", (), ("Alma Testvad",)),
        ("vedrørende: alma testvad 031216-4990", (), ("Alma Testvad",)),
        ("barnet hedder alma testvad.", (), ("Alma Testvad",)),
        ("vedr. stort fravær", (), ()),
        ("vedrørende bekymring for en dreng", (), ()),
        ("vedr. underretning modtaget", (), ()),
        ("barnets navn: er ikke oplyst", (), ()),
        ("alma testvad går i 2.b", (), ()),
        ("Vedr. Alma Testvad", ("Alma Testvad",), ()),
    ],
)
def test_a_name_in_small_letters_is_read_only_after_words_that_say_one_comes(
    text: str, names: tuple[str, ...], perhaps: tuple[str, ...]
) -> None:
    found = sought_in(text)
    assert (found.names, found.perhaps) == (names, perhaps)


def test_what_may_be_a_name_is_looked_up_and_rules_nobody_out() -> None:
    text = "vedr. sen afhentning. Alma Testvad, CPR 031216-4990"
    found = sought_in(text)
    assert found.perhaps == ("Sen Afhentning",)
    assert the_child([ALMA], found, text, on=ON) == ALMA
    loose = sought_in("vedr. alma testvad")
    assert fits(ALMA, loose, on=ON).reasons == (Reason.NAME,)


def test_somebody_else_named_in_small_letters_leaves_the_choice_to_a_person() -> None:
    text = "barnets navn: viggo prøvesen\nalma testvad, hans søster, 031216-4990"
    assert the_child([ALMA], sought_in(text), text, on=ON) is None


def test_address_birthday_age_and_due_date_are_read() -> None:
    found = sought_in(
        "Noah er cirka 11 år, født den 21.8.2015, og bor på Testparken 14, 2. th, 9999 Prøvestrup."
    )
    assert found.addresses == ("Testparken 14, 2. th",)
    assert found.born == (date(2015, 8, 21),)
    assert found.age == 11
    unborn = sought_in("Hun er gravid i uge 16, termin: 28-09-2026.")
    assert unborn.unborn
    assert unborn.due == date(2026, 9, 28)
    assert sought_in("termin er den 28. september 2026").due == date(2026, 9, 28)


def test_a_date_that_is_none_is_left_alone() -> None:
    assert sought_in("termin 31-02-2026, født 99.99.2015").due is None


def test_number_and_name_that_agree_find_the_child() -> None:
    text = "Barnets navn: Alma Testvad. CPR 031216-4990"
    assert the_child([ALMA], sought_in(text), text, on=ON) == ALMA


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("CPR 031216-4990", [ALMA]),
        ("Alma har CPR 031216-4990", [ALMA]),
        ("Barnets navn: Viggo Prøvesen. Alma Testvads søster har 031216-4990", [ALMA]),
        ("Alma Testvad 031216-4990 og Viggo Prøvesen 021221-4991", [ALMA, VIGGO]),
        ("underretning om Alma Testvad og Viggo Prøvesen, CPR 031216-4990", [ALMA]),
        ("Sanne Testvad, 230388-1990, har en datter", [SANNE]),
        ("Alma Testvad er gravid, 031216-4990, termin 28-9-2026", [ALMA]),
    ],
)
def test_anything_less_is_for_a_person_to_choose(text: str, people: list[Likely]) -> None:
    assert the_child(people, sought_in(text), text, on=ON) is None


def test_the_mothers_number_beside_the_childs_does_not_confuse() -> None:
    text = "Alma Testvad, 031216-4990, bor hos mor Sanne Testvad, 230388-1990."
    assert the_child([ALMA, SANNE], sought_in(text), text, on=ON) == ALMA


def test_reasons_add_up_and_are_shown() -> None:
    text = "Barnets navn: Alma Testvad, 9 år, Prøvegade 7, CPR 031216-4990, født 3.12.2016"
    fit = fits(ALMA, sought_in(text), on=ON)
    assert set(fit.reasons) == {
        Reason.CPR,
        Reason.NAME,
        Reason.ADDRESS,
        Reason.BORN,
        Reason.AGE,
    }


def test_a_name_that_is_only_alike_says_so() -> None:
    other = Likely("9", "Alva Testvang", None, date(2016, 5, 19))
    fit = fits(other, Sought(names=("Alma Testvad",)), on=ON)
    assert fit.reasons == (Reason.NAME_ALIKE,)


def test_a_protected_address_is_not_matched_on() -> None:
    hidden = Likely("9", "Selma Testkilde", None, None, address="")
    assert Reason.ADDRESS not in fits(hidden, Sought(addresses=("Prøvegade 7",)), on=ON).reasons


def test_an_expectant_mother_is_shown_as_one() -> None:
    freja = Likely("5", "Freja Prøvelund", Cpr("1702034990"), date(2003, 2, 17))
    text = "Den gravides navn Freja Prøvelund CPR-nummer 170203-4990"
    assert Reason.PREGNANT in fits(freja, sought_in(text), on=ON).reasons


def test_each_person_is_shown_once_and_the_likeliest_first() -> None:
    found = ranked(
        [
            Candidate(VIGGO, 20, (Reason.BORN,)),
            Candidate(ALMA, 90, (Reason.CPR, Reason.NAME)),
            Candidate(ALMA, 30, (Reason.NAME,)),
            Candidate(SANNE, 3, (Reason.AGE,)),
        ]
    )
    assert [one.person.key for one in found] == ["1", "2"]
    assert found[0].score == 90


def test_letters_are_compared_as_danes_compare_them() -> None:
    assert folded("Åse-Marie Ærø’s ÉN") == "aase marie aeroe's en"
    assert names_agree("Åse Prøvesen", "vi skriver om aase maria proevesen")
    assert not names_agree("Alma Testvad", "alma bor på testvadvej")


@given(some.text(max_size=300))
def test_any_text_can_be_looked_through(text: str) -> None:
    sought_in(text)


@given(some.text(alphabet="ABCÆØÅabcæøå -.,0123456789\n", max_size=300))
def test_texts_of_names_and_numbers_can_be_looked_through(text: str) -> None:
    found = sought_in(text)
    assert all(one.digits in text.replace("-", "").replace(" ", "") for one in found.cprs)


def test_a_neighbour_who_says_the_childs_whole_name_is_told_so() -> None:
    text = "Nabo ringer. Liva Demodal, Demovænget 22 i Prøvestrup, bliver slået af sin far."
    liva = Likely("k1", "Liva Demodal", address="Demovænget 22, 9999 Prøvestrup")
    found = fits(liva, sought_in(text), on=date(2026, 3, 2))
    assert found.reasons == (Reason.NAME, Reason.ADDRESS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Alma Testvad, 031216-4990", ALMA),
        ("Alma Prøvebæk Testvad, 031216-4990", ALMA),
        ("Alma Testvad, 031216-4990, og Viggo Prøvesen", None),
    ],
)
def test_a_child_of_the_same_name_does_not_hide_the_one_whose_number_it_is(
    text: str, found: Likely | None
) -> None:
    """Every third child of a city has a namesake; only one of them has the number."""
    sought = sought_in(text)
    namesakes = [
        Likely("8", "Alma Sofie Prøvebæk", Cpr("1004114991"), date(2011, 4, 10)),
        Likely("9", "Alma Testvad", Cpr("1004124992"), date(2012, 4, 10)),
    ]
    others = [fits(one, sought, on=ON) for one in (ALMA, *namesakes, VIGGO)]
    assert the_child([ALMA], sought, text, on=ON, others=others) == found
