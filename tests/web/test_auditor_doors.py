"""Nobody is shown a door that does not open, nor the same thing twice; a print says whose it is."""

import re
from collections.abc import Callable
from html import unescape
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


START = ("/dubu/min-dag", "/dubu/indgang", "/dubu/overblik", "/dubu/soeg", "/dubu/hjaelp")
NOT_PAGES = ("/dubu/static/", "/dubu/kalender/feed/")


def walked(client: Any, day: Day) -> dict[str, str]:
    """Follow every link of ours from the front pages and two cases, and return what was shown.

    One address of each shape is enough: what differs is whose it is, which the walk by role sees.
    """
    waiting = [*START, *(f"/dubu/sag/{sag}" for sag in (day.noah_sag, day.closed_sag))]
    waiting.append(f"/dubu/indgang/{day.noah_underretning}")
    pages: dict[str, str] = {}
    shapes: set[str] = set()
    shown_on: dict[str, str] = {}
    shut: dict[str, str] = {}
    while waiting:
        address = waiting.pop(0).split("#")[0]
        shape = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|=[^&]*", "…", address)
        if shape in shapes or address.startswith(NOT_PAGES):
            continue
        shapes.add(shape)
        answer = client.get(address)
        if answer.status_code not in (200, 303):
            shut[address] = shown_on.get(address, "")
        pages[address] = answer.text if answer.status_code == 200 else ""
        found = [unescape(one) for one in re.findall(r'href="(/dubu/[^"]+)"', pages[address])]
        shown_on |= {one.split("#")[0]: address for one in found}
        waiting += found
    assert shut == {}, "these are shown, and do not open"
    return pages


@pytest.mark.parametrize("who", [REVA, KAREN])
def test_every_door_that_is_shown_opens(who: str, asking: Asking, day: Day) -> None:
    """Every link, and every form: one that is shown to who only reads would be refused."""
    client = asking(who)
    pages = walked(client, day)
    assert len(pages) > 15, sorted(pages)
    forms = {
        unescape(action): address
        for address, page in pages.items()
        for form in re.findall(r'<form\b[^>]*method="post"[^>]*>', page)
        for action in re.findall(r'action="(/dubu/[^"]+)"', form)
    }
    refused = {
        action: address
        for action, address in forms.items()
        if client.post(action, {"tilbage": "/dubu/min-dag"}).status_code in (403, 404)
    }
    assert refused == {}
