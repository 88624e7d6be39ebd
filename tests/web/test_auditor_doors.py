"""Nobody is shown a door that does not open, nor the same thing twice; a print says whose it is."""

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from dubu_plugin.testing.fake_ports import KAREN, REVA
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.print_foot import print_foot

Asking: TypeAlias = Callable[..., Any]
DOORS = ("/dubu/indgang/ny", "Tag ind", "Tag selv", "Giv videre", 'name="valgt"')


@pytest.mark.parametrize(("who", "shown"), [(REVA, False), (KAREN, True)])
def test_indgang_shows_only_the_doors_that_open(
    who: str, shown: bool, looking: Asking, standing_day: Day
) -> None:
    page = looking(who).get("/dubu/indgang").text
    assert "data-line" in page, "there must be something to take"
    assert {door: door in page for door in DOORS} == dict.fromkeys(DOORS, shown)


def test_what_stands_as_a_line_is_not_in_the_box_too(looking: Asking, standing_day: Day) -> None:
    page = looking(KAREN).get("/dubu/min-dag").text
    lists, _, box = page.partition('aria-labelledby="post"')
    linked = set(re.findall(r'href="(/dubu/indgang/[0-9a-f-]{36})', lists))
    assert linked
    assert linked.isdisjoint(re.findall(r'href="(/dubu/indgang/[0-9a-f-]{36})', box))


def test_a_printed_underretning_says_whose_it_is_and_who_printed_it(
    looking: Asking, standing_day: Day
) -> None:
    page = looking(KAREN).get(f"/dubu/indgang/{standing_day.noah_underretning}").text
    foot = page.partition('class="print-foot"')[2].partition("</div>")[0].replace("\xa0", " ")
    assert "Noah" in foot
    assert re.search(r"Udskrevet af Karen .* den .*2026", foot), foot


def test_every_page_of_a_training_print_says_so(standing_day: Day) -> None:
    now = standing_day.town.now
    assert print_foot(("Noah", None), "Karen", now, training=True).endswith("opdigtede.")
    assert "opdigtede" not in print_foot(("Noah", None), "Karen", now, training=False)
