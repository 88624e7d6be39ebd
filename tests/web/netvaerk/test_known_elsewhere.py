"""»Kendt om familien« tells who gets an underretning no more than the policy opens to them."""

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from dubu_plugin.testing.fake_ports import ANDERS, KAREN
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

CHILD, BROTHER, MOTHER = "Selma Testkilde", "Storm Testkilde", "Nadia Testkilde"
EARLIER = "Mor og barn er flyttet på krisecenter."
FROM = "forening"
"""How »Fra en forening eller et center« is known on a page."""


def family(day: Day, *, of_child: bool, protected: bool) -> tuple[UUID, UUID]:
    """Return an underretning that is Anders', and a case on the child or its brother."""
    town = day.town
    child, brother, mother = (
        town.person(name, cpr=cpr)
        for name, cpr in (
            (CHILD, "140919-4990"), (BROTHER, "140915-4991"), (MOTHER, "051193-0002"),
        )
    )  # fmt: skip
    for one in (child, brother):
        town.tie(one, mother, "mor", "barn")
    town.tie(child, brother, "soeskende", "soeskende")
    about = child if of_child else brother
    case = town.sag(about, protected=protected, has_indsats=True, number="26/999")
    town.underretning(EARLIER, child=about, sag=case, underretter="9", protected=protected)
    new = town.underretning(
        "En nabo ringer.", child=child, sag=case if of_child else None, responsible=ANDERS,
        unit="nord", protected=protected and of_child,
    )  # fmt: skip
    return new, case


@pytest.mark.parametrize("protected", [False, True])
def test_of_a_case_that_is_closed_to_them_they_learn_who_has_it_and_no_more(
    asking: Asking, day: Day, protected: bool
) -> None:
    new, case = family(day, of_child=True, protected=protected)
    for path in (f"/dubu/indgang/{new}", f"/dubu/indgang/{new}?efter=registreret"):
        answer = asking(ANDERS).get(path)
        assert answer.status_code == 200
        text = answer.text.replace("\xa0", " ")
        for secret in (
            str(case),
            "26/999",
            BROTHER,
            "Storm",
            MOTHER,
            FROM,
            "Åbn sag",
            "§ 137 kræver, at",
        ):
            assert secret not in text, secret
        if protected:
            assert "Beskyttet. Spørg lederen." in text
            assert "Der kører en sag" not in text
        else:
            assert "Der kører en sag i " in text
            assert "Ring til lederen, Henrik Prøveholm." in text
    assert asking(ANDERS).get(f"/dubu/sag/{case}").status_code == 404


@pytest.mark.parametrize("protected", [False, True])
def test_of_a_siblings_case_that_is_closed_to_them_they_learn_whom_to_ring(
    asking: Asking, day: Day, protected: bool
) -> None:
    new, case = family(day, of_child=False, protected=protected)
    text = asking(ANDERS).get(f"/dubu/indgang/{new}").text.replace("\xa0", " ")
    assert MOTHER in text, "the family is shown where nothing of the child's is closed"
    for secret in (str(case), "26/999", FROM, "børnesag"):
        assert secret not in text, secret
    assert ("Storm" in text) is not protected
    assert ("Beskyttet. Spørg lederen." in text) is protected
    assert ("har en sag i " in text) is not protected


def test_who_has_the_case_sees_all_of_it(asking: Asking, day: Day) -> None:
    new, case = family(day, of_child=True, protected=True)
    text = asking(KAREN).get(f"/dubu/indgang/{new}").text
    for told in (str(case), "Storm", MOTHER, "Åbn sag"):
        assert told in text, told


def test_they_assess_it_all_the_same(asking: Asking, day: Day) -> None:
    new, case = family(day, of_child=True, protected=True)
    form = {
        "gem": "uden", "version": "1", "fare": "ikke_akut", "begrundelse": "Tilset i dag.",
        "naeste": "screening", "underretter": "13", "pligt": "135", "bekymring": "3",
    }  # fmt: skip
    saved = asking(ANDERS).post(f"/dubu/indgang/{new}", form)
    assert saved.status_code == 303, saved.text
    page = asking(ANDERS).get(saved.headers["location"])
    assert "Vurderingen er gemt" in page.text
    assert "Åbn sagen" not in page.text, "it would lead to nothing"
    assert str(case) not in page.text
    assert str(case) not in asking(ANDERS).get("/dubu/min-dag").text
    assert asking(ANDERS).get(f"/dubu/sag/{case}").status_code == 404
