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
