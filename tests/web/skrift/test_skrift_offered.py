"""What is said of the four months before an undersøgelse is begun, and once it is decided."""

from datetime import date

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import client_of
from tests.web.skrift_desk import plain


def test_paragraf_26_before_the_birth_no_reason_of_a_born_child_is_asked_for(day: Day) -> None:
    mother = day.town.person("Line Demolund", born=date(1998, 4, 2))
    child = day.town.person("Ufødt barn af Line", due_date=date(2026, 7, 1), mother=mother)
    sag = day.town.sag(child)
    shown = plain(client_of(day).get(f"/dubu/sag/{sag}/skrift").text)
    assert "Børn i familien" in shown
    assert "krisecenter" not in shown
    assert "Start udredning" not in shown, "a disability is looked at once it is born"


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ("2025-07-15", "De fire måneder udløb 15. november 2025."),
        ("2026-02-25", "De fire måneder udløber 25. juni."),
    ],
    ids=["long ago", "now"],
)
def test_paragraf_20_one_that_is_decided_already_says_when_the_months_are_over(
    day: Day, known: str, says: str
) -> None:
    said = {"undersoegelse": "barnet", "kendskab": known}
    day.town.happened(H.UNDERSOEGELSE_BESLUTTET, sag=day.ida_sag, data=said)
    shown = plain(client_of(day).get(f"/dubu/sag/{day.ida_sag}/skrift").text)
    assert f"Den er allerede besluttet. {says}" in shown
    assert "fra i dag" not in shown
