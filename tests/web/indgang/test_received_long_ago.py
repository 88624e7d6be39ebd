"""A wrong year on a call is caught before it is registered, and asked about once."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from dubu_plugin.store.tables import post_items
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

URL = "/dubu/indgang/ny"
FORM = {
    "gem": "gem", "henvendelse": "underretning", "kanal": "telefon", "formular": "et-nummer",
    "tekst": "Naboen hører råb.", "underretter": "13", "barn": "",
}  # fmt: skip


def rows(day: Day) -> int:
    with day.town.product.store.read() as connection:
        return len(connection.execute(post_items.select()).all())


def test_it_is_asked_once_with_the_date_in_words(asking: Asking, day: Day) -> None:
    before = rows(day)
    moment = f"{day.town.now.year - 1}-{day.town.now:%m-%dT10:00}"
    asked = asking().post(URL, {**FORM, "modtaget": moment})
    assert asked.status_code == 422
    assert "Er det rigtigt, så sæt kryds" in asked.text
    assert f'name="modtaget_rigtigt" value="{moment}"' in asked.text
    assert rows(day) == before
    said = {**FORM, "modtaget": moment, "modtaget_rigtigt": moment}
    other = asking().post(URL, {**said, "modtaget": moment.replace("T10", "T11")})
    assert other.status_code == 422, "the tick is for the moment it stood beside"
    assert asking().post(URL, said).status_code == 303
    assert rows(day) == before + 1


@pytest.mark.parametrize("moment", ["1900-01-01T10:00", "0001-01-01T00:00"])
def test_what_cannot_be_is_refused_in_a_sentence(asking: Asking, day: Day, moment: str) -> None:
    before = rows(day)
    no = asking().post(URL, {**FORM, "modtaget": moment, "modtaget_rigtigt": moment})
    assert no.status_code == 422
    assert rows(day) == before
