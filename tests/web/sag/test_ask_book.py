"""»Spørg adressebogen igen« on a case: the child, its address and who its family is, as of now."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa

from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.persons import Person, Relation, Tie
from dubu_plugin.store.tables import sager
from dubu_plugin.testing.fake_ports import REVA
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

NEW = "Nygade 7, 9999 Prøvestrup"


def noah(day: Day) -> str:
    with day.town.product.store.read() as connection:
        asked = sa.select(sager.c.child_id).where(sager.c.id == day.noah_sag)
        return str(connection.execute(asked).scalar_one())


def says(day: Day, **what: Any) -> str:
    people = day.town.persons.people
    key = noah(day)
    people[key] = replace(people[key], **what)
    return f"/dubu/sag/{day.noah_sag}"


def test_the_child_stands_where_it_lives_now_and_the_case_says_it_moved(
    asking: Asking, day: Day
) -> None:
    case = says(day, address=NEW)
    assert NEW not in asking().get(case).text
    answer = asking().post(f"{case}/adressebog")
    assert answer.status_code == 200
    assert "Adressebogen er spurgt igen" in answer.text
    assert NEW in answer.text
    page = asking().get(case).text.replace("\xa0", " ")
    assert "Ændret i adressebogen" in page
    assert "barnet · ny adresse" in page


def test_a_protected_address_is_not_shown_by_asking(asking: Asking, day: Day) -> None:
    case = says(day, address="Hemmeligvej 99, 9999 Prøvestrup", protected_address=True)
    answer = asking().post(f"{case}/adressebog")
    assert "Hemmeligvej" not in answer.text
    assert "Beskyttet adresse" in answer.text


def test_family_that_has_come_to_it_stands_on_the_case(asking: Asking, day: Day) -> None:
    case = says(day)
    father = Person("ny-far", "Bo Prøvefar")
    day.town.persons.people[father.key] = father
    day.town.persons.family.setdefault(noah(day), []).append(Relation(Tie.FATHER, father))
    assert "Bo Prøvefar" in asking().post(f"{case}/adressebog").text


def test_a_silent_address_book_is_told_and_nothing_is_lost(
    asking: Asking, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(key: str) -> Person | None:
        raise Unreachable("fake", "by_key", "")

    case = says(day, address=NEW)
    monkeypatch.setattr(day.town.persons, "by_key", silent)
    answer = asking().post(f"{case}/adressebog")
    assert answer.status_code == 503
    assert "Adressebogen svarede ikke" in answer.text
    assert NEW not in asking().get(case).text


def test_who_may_not_write_is_shown_no_button(asking: Asking, day: Day) -> None:
    case = says(day)
    assert "Spørg adressebogen igen" in asking().get(case).text
    assert "Spørg adressebogen igen" not in asking(REVA).get(case).text
    assert asking(REVA).post(f"{case}/adressebog").status_code == 404
