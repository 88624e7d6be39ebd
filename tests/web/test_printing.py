"""A page about somebody prints only through the door that writes the printing in the log."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Act
from dubu_plugin.store.tables import read_log
from dubu_plugin.testing.fake_ports import HENRIK, KAREN, REVA
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]
HELD = "dubu--held"


def printed(day: Day) -> list[tuple[str, str, bool]]:
    query = sa.select(read_log.c.employee, read_log.c.subject_id, read_log.c.allowed)
    with day.town.product.store.read() as connection:
        rows = connection.execute(query.where(read_log.c.act == Act.PRINT))
        return [(who, what, allowed) for who, what, allowed in rows]


def addresses(day: Day) -> dict[str, str]:
    return {
        f"/dubu/sag/{day.noah_sag}": str(day.noah_sag),
        f"/dubu/indgang/{day.noah_underretning}": str(day.noah_underretning),
    }


def test_a_print_view_is_in_the_log_and_the_page_before_it_holds_back(
    asking: Asking, day: Day
) -> None:
    for address, subject in addresses(day).items():
        page = asking(KAREN).get(address).text
        assert HELD in page, f"{address} prints without a line in the log"
        assert f'href="{address}/udskriv"' in page
        assert subject not in [what for _, what, _ in printed(day)]
        view = asking(KAREN).get(f"{address}/udskriv")
        assert view.status_code == 200
        assert HELD not in view.text
        assert "data-print" in view.text
        assert (KAREN, subject, True) in printed(day)


def test_an_auditor_reads_and_does_not_print(asking: Asking, day: Day) -> None:
    for address, subject in addresses(day).items():
        page = asking(REVA).get(address).text
        assert "/udskriv" not in page
        assert asking(REVA).get(f"{address}/udskriv").status_code == 404
        assert (REVA, subject, False) in printed(day)


def test_the_printing_is_told_where_one_sees_who_has_looked(asking: Asking, day: Day) -> None:
    asking(HENRIK).get(f"/dubu/sag/{day.noah_sag}/udskriv")
    assert "Udskrev sagen" in asking(KAREN).get(f"/dubu/sag/{day.noah_sag}/log").text


@pytest.mark.parametrize("under", ["/frister", "/log"])
def test_every_page_of_a_case_holds_back(under: str, looking: Asking, standing_day: Day) -> None:
    assert HELD in looking(KAREN).get(f"/dubu/sag/{standing_day.noah_sag}{under}").text


def test_a_page_about_nobody_prints_as_it_is(looking: Asking) -> None:
    assert HELD not in looking(KAREN).get("/dubu/hjaelp").text


def test_the_style_sheet_hides_what_is_held_back_from_the_printer(looking: Asking) -> None:
    """The rule is about the panel's own element, so it must not be looked for inside it."""
    css = looking(KAREN).get("/dubu/static/panel.css").text
    assert ".dubu.dubu--held > .page > :not(.print-held)" in css
    assert ".dubu .dubu--held" not in css
