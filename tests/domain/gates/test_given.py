"""A decision gives several indsatser, and each has what the law asks of one."""

from datetime import date
from typing import Any

import pytest

from dubu_plugin.domain.afgoerelser import Given

from .deciding import MATTERS, only, refusals, standing

FIRST = Given(code="familiebehandling")
START, END = date(2026, 7, 1), date(2026, 12, 31)


def second(**more: Any) -> Given:
    given = {"code": "kontaktperson", "purpose": "At Alma har en voksen at gå til.", **more}
    return Given(**given)


def two(other: Given, **more: Any) -> Any:
    period = {"starts_on": START, "ends_on": END, **more}
    return standing(given=[FIRST, other], **period)


def test_an_indsats_the_catalogue_does_not_allow() -> None:
    assert "(§ 32)" in only(standing(given=[]))
    assert "efter § 32" in only(standing(given=[Given(code="anbringelse_uden")]))
    assert "på det sted" in only(standing(not_allowed=frozenset({1})))


def test_each_of_several_is_one_the_decision_may_give_and_stands_once() -> None:
    assert refusals(two(second())) == []
    assert "efter § 32" in only(two(second(code="anbringelse_uden")))
    assert "på det sted" in only(two(second(), not_allowed=frozenset({2})))
    assert "står der allerede" in only(two(second(code="familiebehandling")))


def test_paragraf_32_stk_3_each_has_its_purpose() -> None:
    assert "formålet er med indsats nr. 2 (§ 32, stk. 3)" in only(two(second(purpose=" ")))


@pytest.mark.parametrize(
    ("other", "more", "said"),
    [
        ({}, {"ends_on": None}, "til hvornår indsats nr. 2 ventes at vare"),
        ({"ends_on": date(2027, 1, 1)}, {}, "varer længere end afgørelsen"),
        ({"starts_on": date(2026, 6, 30)}, {}, "begynder før afgørelsens første dag"),
        ({"starts_on": END, "ends_on": START}, {}, "ligger før den første"),
    ],
)
def test_paragraf_32_stk_3_each_has_its_expected_duration(
    other: dict[str, Any], more: dict[str, Any], said: str
) -> None:
    assert said in only(two(second(**other), **more))
    assert refusals(two(second(ends_on=date(2026, 10, 1)))) == []


def test_what_asks_for_no_purpose_asks_none_of_the_second() -> None:
    quiet = [one for one in MATTERS.rows if one.code == "oekonomi" and one.valid_to is None]
    assert quiet
    assert not quiet[0].purpose
    rows = [Given(code=code) for code in quiet[0].indsatser[:2]]
    assert refusals(standing("oekonomi", given=rows)) == []
