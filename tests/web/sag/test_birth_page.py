"""The birth of an expected child is registered by hand, and its age begins to count."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from dubu_plugin.store.family import personer
from dubu_plugin.store.sag import sager
from dubu_plugin.testing.fake_ports import ANDERS, KAREN
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]
BORN = date(2026, 3, 1)
FORM = {"navn": "Pige Prøvelund", "foedt": BORN.isoformat(), "cpr": ""}


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of an expected child, due next week."""
    due = day.town.now.date() + timedelta(days=7)
    mother = day.town.person("Freja Demolund", born=date(2003, 5, 6))
    child = day.town.person("Ufødt barn af Freja Demolund", due_date=due, mother=mother)
    return day.town.sag(child)


def child_of(day: Day, sag: UUID) -> personer.Known:
    with day.town.product.store.read() as connection:
        ours = sager.by_id(connection, sag)
        found = personer.by_id(connection, ours.child_id) if ours else None
    assert found is not None
    return found


def test_the_panel_leads_to_a_form_with_what_is_known(asking: Asking, day: Day, sag: UUID) -> None:
    address = f"/dubu/sag/{sag}/foedsel"
    assert f'href="{address}"' in asking(KAREN).get(f"/dubu/sag/{sag}").text
    assert f'value="{day.town.now.date().isoformat()}"' in asking(KAREN).get(address).text
    assert asking(ANDERS).get(address).status_code == 404


def test_a_birth_gives_the_child_its_name_and_age(asking: Asking, day: Day, sag: UUID) -> None:
    address = f"/dubu/sag/{sag}/foedsel"
    assert asking(KAREN).post(address, FORM).status_code == 303
    child = child_of(day, sag)
    assert (child.name, child.born, child.is_unborn) == ("Pige Prøvelund", BORN, False)
    panel = asking(KAREN).get(f"/dubu/sag/{sag}").text
    assert "Pige Prøvelund" in panel
    assert "/foedsel" not in panel
    assert asking(KAREN).get(address).status_code == 303, "and a second time there is no form"
    assert asking(KAREN).post(address, FORM).status_code == 303, "twice is once"
    other = asking(KAREN).post(address, {**FORM, "navn": "En anden"})
    assert other.status_code == 409
    assert "Fødslen er registreret allerede" in other.text
    assert "En anden" in other.text, "what was typed is given back"
    assert child_of(day, sag).name == "Pige Prøvelund"


def test_24_a_birth_far_from_a_due_date_written_wrong_is_registered_when_that_is_put_right(
    asking: Asking, day: Day, sag: UUID
) -> None:
    address, born = f"/dubu/sag/{sag}/foedsel", day.town.now.date()
    day.town.now += timedelta(weeks=20)
    far = {**FORM, "foedt": (born + timedelta(weeks=15)).isoformat()}
    refused = asking(KAREN).post(address, far)
    assert (refused.status_code, "ret terminen" in refused.text) == (422, True)
    right = {**far, "termin": (born + timedelta(weeks=16)).isoformat()}
    assert asking(KAREN).post(address, right).status_code == 303
    assert child_of(day, sag).born == born + timedelta(weeks=15)


def test_24_the_due_date_alone_is_put_right_and_the_child_stays_expected(
    asking: Asking, day: Day, sag: UUID
) -> None:
    address, due = f"/dubu/sag/{sag}/foedsel", day.town.now.date() + timedelta(weeks=12)
    only = {"kun": "termin", "termin": due.isoformat()}
    assert asking(KAREN).post(address, only).status_code == 303
    assert (child_of(day, sag).due_date, child_of(day, sag).is_unborn) == (due, True)
    gone = (day.town.now.date() - timedelta(weeks=7)).isoformat()
    refused = asking(KAREN).post(address, {**only, "termin": gone})
    assert refused.status_code == 422
    assert "Med den termin må barnet være født. Registrér fødslen i stedet" in refused.text


def test_24_twins_are_named_with_what_to_do_of_the_second(
    asking: Asking, day: Day, sag: UUID
) -> None:
    for name in ("Vilja Demolund", "Viola Demolund"):
        twin = day.town.person(name, born=day.town.now.date() - timedelta(days=1))
        day.town.tie(child_of(day, sag).id, twin, "soeskende", "soeskende")
    page = asking(KAREN).get(f"/dubu/sag/{sag}/foedsel").text
    for name in ("Vilja Demolund", "Viola Demolund"):
        assert f"{name} (født 1.\u00a0marts)" in page
    assert "Det andet har ingen sag" in page
    my_day = asking(KAREN).get("/dubu/min-dag").text
    assert "Måske født: " in my_day
    assert "Registrér fødslen, også ved tvillinger" in my_day


def test_24_a_due_date_that_has_passed_stands_on_min_dag_until_the_birth_is_registered(
    asking: Asking, day: Day, sag: UUID
) -> None:
    waits, address = "Terminen er passeret: ", f"/dubu/sag/{sag}/foedsel"
    day.town.now += timedelta(days=13)
    assert waits not in asking(KAREN).get("/dubu/min-dag").text
    day.town.now += timedelta(days=1)
    page = asking(KAREN).get("/dubu/min-dag").text
    assert page.count(waits) == 1
    assert f'href="{address}"' in page
    assert waits not in asking(ANDERS).get("/dubu/min-dag").text
    born = {**FORM, "foedt": (day.town.now.date() - timedelta(days=2)).isoformat()}
    assert asking(KAREN).post(address, born).status_code == 303
    assert waits not in asking(KAREN).get("/dubu/min-dag").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"navn": " "}, "Skriv barnets navn"),
        ({"foedt": ""}, "Skriv den dag"),
        ({"foedt": "2026-03-09"}, "senere end i dag"),
        ({"foedt": "2024-03-01"}, "for langt fra terminen"),
        ({"cpr": "12"}, "de ti cifre"),
        ({"cpr": "020326-4990"}, "passer ikke med fødselsdatoen"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(
    asking: Asking, day: Day, sag: UUID, wrong: dict[str, str], said: str
) -> None:
    answer = asking(KAREN).post(f"/dubu/sag/{sag}/foedsel", {**FORM, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert child_of(day, sag).is_unborn
