"""The child: heard, a party of its own from ten, and no child from eighteen."""

from .deciding import only, part, refusals, standing, without


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


def test_paragraf_5_the_childs_view_stands_in_the_decision() -> None:
    assert "barnets syn" in only(without("barnets_syn"))


def test_paragraf_5_asks_nothing_of_a_child_that_is_not_born() -> None:
    assert refusals(standing("stoette_kommende", None, view_recorded=False)) == []


def test_paragraf_99_nothing_is_decided_for_a_child_who_has_turned_18() -> None:
    assert any("fyldt 18 år" in one and "§ 99" in one for one in refusals(standing(age=18)))
    assert refusals(standing(age=17)) == []


def test_a_paalaeg_is_for_who_is_ten() -> None:
    assert any("på den alder" in one for one in refusals(standing("boernepaalaeg", 9)))
