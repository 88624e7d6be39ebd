"""The child: heard, a party of its own from ten, and no child from eighteen."""

from datetime import date

from .deciding import DAY, only, part, refusals, standing, without


def test_paragraf_3_a_child_of_ten_is_a_party_where_the_list_says_so() -> None:
    assert refusals(standing("stoette", 9)) == []
    assert "fyldt 10 år og er selv part (§ 3)" in only(standing("stoette", 10, parts=[part()]))
    assert refusals(standing("undersoegelse", 10)) == [], "which is not on the list"


def test_paragraf_3_a_child_that_is_a_party_gets_a_decision_in_its_own_words() -> None:
    assert "ord, barnet kan læse" in only(without("til_barnet", age=10))
    assert refusals(without("til_barnet", age=9)) == []


def test_paragraf_5_no_decision_without_a_talk_or_why_there_was_none() -> None:
    bare = standing(view_recorded=False)
    assert "(§ 5, stk. 3)" in only(bare)
    assert "(§ 5, stk. 4)" in only(bare)
    assert refusals(standing(view_recorded=False, said={"uden_samtale": "Hun er 2 uger."})) == []


def test_paragraf_3_a_child_reads_its_own_words_and_not_the_advisers() -> None:
    assert "hvad det har sagt til jer" in only(without("barnet_sagt", age=10))
    assert refusals(without("barnet_sagt", age=9)) == [], "no letter goes to the child"
    nothing_said = standing(age=10, view_recorded=False, said={
        "barnet_sagt": "", "uden_samtale": "Hun har ikke noget sprog.",
    })  # fmt: skip
    assert refusals(nothing_said) == []


def test_paragraf_5_a_talk_from_before_it_was_prepared_was_about_something_else() -> None:
    before = standing(view_recorded=False, view_before=date(2026, 5, 12))
    assert "fra den 12. maj 2026, før afgørelsen blev forberedt" in only(before)
    said = {"tidligere_syn": "Samtalen var om det samme forslag."}
    assert refusals(standing(view_recorded=False, view_before=DAY, said=said)) == []
    assert "halve år" in only(standing(view_recorded=False, said=said)), "there was no talk at all"


def test_paragraf_5_a_text_that_was_fetched_is_looked_at_before_it_counts() -> None:
    fetched = standing(view_from="undersøgelsen fra den 19. juni 2026")
    assert "hentet fra undersøgelsen fra den 19. juni 2026. Ret det" in only(fetched)
    said = {"tidligere_syn": "Hun sagde det om netop det her."}
    assert refusals(standing(view_from="undersøgelsen", said=said)) == []


def test_paragraf_5_the_childs_view_stands_in_the_decision() -> None:
    assert "barnets syn" in only(without("barnets_syn"))


def test_paragraf_5_asks_nothing_of_a_child_that_is_not_born() -> None:
    assert refusals(standing("stoette_kommende", None, view_recorded=False)) == []


def test_paragraf_99_nothing_is_decided_for_a_child_who_has_turned_18() -> None:
    assert any("fyldt 18 år" in one and "§ 99" in one for one in refusals(standing(age=18)))
    assert refusals(standing(age=17)) == []


def test_a_paalaeg_is_for_who_is_ten() -> None:
    assert any("på den alder" in one for one in refusals(standing("boernepaalaeg", 9)))
