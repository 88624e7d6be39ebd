"""Nothing is a dead end: what was registered as something else can be taken back."""

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID

from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]


def version(day: Day, number: UUID) -> int:
    with day.town.product.store.read() as connection:
        found = underretninger.by_id(connection, number)
    assert found is not None
    return found.version


def registered(day: Day, asking: Asking, kind: Henvendelse) -> str:
    """Return the page after an underretning was registered as something else."""
    number = day.alma_underretning
    sent = {"henvendelse": kind, "grund": "Det er en faktura.", "version": version(day, number)}
    page: str = (
        asking().post(f"/dubu/indgang/{number}/andet", data=sent, follow_redirects=True).text
    )
    return page


def test_what_is_no_underretning_after_all_can_be_made_one_again(day: Day, asking: Asking) -> None:
    page = registered(day, asking, Henvendelse.ANDET)
    assert "Det er en faktura." in page
    assert f'href="/dubu/indgang/{day.alma_underretning}/andet"' in page
    assert "Det er alligevel en underretning" in page
    registered(day, asking, Henvendelse.UNDERRETNING)
    again = asking().get(f"/dubu/indgang/{day.alma_underretning}").text
    assert "Er Alma i fare nu, og er der mistanke om overgreb?" in again


def test_an_application_can_be_given_on_and_be_something_else(day: Day, asking: Asking) -> None:
    page = registered(day, asking, Henvendelse.ANSOEGNING)
    assert f'href="/dubu/indgang/{day.alma_underretning}/giv-videre"' in page
    assert "Det er ikke en ansøgning" in page


def test_giving_on_is_receipted(day: Day, asking: Asking) -> None:
    address = f"/dubu/indgang/{day.alma_underretning}/giv-videre"
    page = asking().post(address, data={"til": "doegnvagt"}, follow_redirects=True).text
    assert "Givet til døgnvagten" in page
