"""What stands on the pages: masked where it must be, escaped always, and in plain Danish."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

import pytest

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.testing.fake_ports import HENRIK, METTE, REVA
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.drawing import TRAINING

Asking: TypeAlias = Callable[..., Any]

ALMA = Cpr("0312164994")
ELIAS = Cpr("2011224993")
NASTY = "<script>alert('æøå')</script> & \"citat\" 👶 {{ 7*7 }}"


def words(html: str) -> str:
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", text.replace("&#39;", "'").replace("\xa0", " "))


def test_what_came_in_is_shown_as_text(asking: Asking, day: Day) -> None:
    number = day.town.underretning(
        NASTY, name=NASTY, organisation=NASTY,
        attachments=[(NASTY, "application/pdf", b"%PDF", "laest")],
    )  # fmt: skip
    for path in (f"/dubu/indgang/{number}", "/dubu/indgang", "/dubu/min-dag"):
        html = asking().get(path).text
        assert "<script>alert" not in html
        assert not re.search(r"citat.{0,40}49", html)


def test_no_cpr_number_stands_in_full_on_a_page_or_in_an_address(
    looking: Asking, standing_day: Day
) -> None:
    pages = (
        "/dubu/min-dag", "/dubu/indgang", f"/dubu/indgang/{standing_day.alma_underretning}",
        f"/dubu/sag/{standing_day.noah_sag}", f"/dubu/sag/{standing_day.elias_sag}",
    )  # fmt: skip
    for path in pages:
        html = looking().get(path).text
        for number in (ALMA, ELIAS):
            assert number.digits not in html
            assert number.plain not in html


def test_a_whole_number_is_shown_once_to_who_asks_and_logged(asking: Asking, day: Day) -> None:
    sent = asking().post(f"/dubu/sag/{day.noah_sag}/vis-cpr")
    assert (sent.status_code, "011014" in sent.headers["location"]) == (303, False)
    assert "011014-4996" in asking().get(sent.headers["location"]).text
    assert "011014-4996" not in asking().get(f"/dubu/sag/{day.noah_sag}").text


def test_a_reload_shows_nothing_again_and_leads_to_the_panel(asking: Asking, day: Day) -> None:
    panel = f"/dubu/sag/{day.noah_sag}"
    place = asking().post(f"{panel}/vis-cpr").headers["location"]
    assert "011014-4996" in asking().get(place).text
    again = asking().get(place)
    assert (again.status_code, again.headers["location"]) == (303, panel)


def test_what_was_asked_for_is_shown_to_nobody_else_and_not_later(asking: Asking, day: Day) -> None:
    panel = f"/dubu/sag/{day.noah_sag}"
    place = asking().post(f"{panel}/vis-cpr").headers["location"]
    assert "011014-4996" not in asking(HENRIK).get(place).text
    day.town.moment[0] += timedelta(minutes=2)
    assert asking().get(place).status_code == 303


def test_nobody_orders_what_is_masked_by_keeping_a_draft(asking: Asking, day: Day) -> None:
    """The name it is kept under is none a form can have."""
    kept = asking().post(f"/dubu/kladde/vis_en_gang:{day.noah_sag}", {"hvad": "cpr"})
    assert kept.status_code == 404
    assert asking().get(f"/dubu/sag/{day.noah_sag}/vist").status_code == 303


def test_a_protected_address_needs_a_reason(asking: Asking, day: Day) -> None:
    address = f"/dubu/sag/{day.elias_sag}"
    assert "Hemmelig" not in asking().get(address).text
    refused = asking().post(f"{address}/vis-adresse", {"grund": "fordi"})
    assert (refused.status_code, "Hemmelig" in refused.text) == (422, False)
    place = asking().post(f"{address}/vis-adresse", {"grund": "besoeg"}).headers["location"]
    assert "Hemmelig 1" in asking().get(place).text
    assert "Hemmelig 1" not in asking().get(address).text


def test_an_auditor_reads_and_reveals_nothing(looking: Asking, standing_day: Day) -> None:
    address = f"/dubu/sag/{standing_day.noah_sag}"
    page = looking(REVA).get(address)
    assert page.status_code == 200
    assert "vis-cpr" not in page.text
    assert looking(REVA).post(f"{address}/vis-cpr").status_code == 404


def test_an_auditor_is_shown_no_form(looking: Asking, standing_day: Day) -> None:
    page = looking(REVA).get(f"/dubu/indgang/{standing_day.alma_underretning}")
    assert page.status_code == 200
    assert "Gem og send kvittering" not in page.text


def test_the_clock_counts_down_and_then_says_how_late(asking: Asking, day: Day) -> None:
    address = f"/dubu/indgang/{day.alma_underretning}"
    assert "20 t. 9 min. tilbage" in words(asking().get(address).text)
    day.town.now += timedelta(hours=20)
    assert "9 min. tilbage" in words(asking().get(address).text)
    day.town.now += timedelta(hours=1)
    assert "51 min. over tiden" in words(asking().get(address).text)


def test_a_training_copy_says_so_on_every_page(training: Any) -> None:
    for path in ("/dubu/min-dag", "/dubu/indgang", "/dubu/indgang/ny", "/dubu/soeg", "/dubu/nej"):
        assert TRAINING in training.get(path).text


GROUPS = {
    "Overskredet": "Elias Demohøj",
    "I dag": "Ida Demobæk",
    "Snart": "Noah Testlund",
}


@pytest.mark.parametrize("group", GROUPS)
def test_min_dag_has_each_child_in_its_group(
    group: str, looking: Asking, standing_day: Day
) -> None:
    text = words(looking().get("/dubu/min-dag").text)
    places = [re.search(rf" {title} \d+ ", text) for title in GROUPS]
    order = [place.start() for place in places if place is not None]
    assert len(order) == len(GROUPS)
    assert order == sorted(order)
    begins = order[list(GROUPS).index(group)]
    after = [place for place in order if place > begins]
    assert GROUPS[group] in text[begins : min(after, default=len(text))]


def test_a_child_and_bundle_is_one_line(looking: Asking, standing_day: Day) -> None:
    html = looking().get("/dubu/min-dag").text
    drawn = r'<p class="due__child">(.*?)</p>.*?<div class="due__what"><a[^>]*>(.*?)</a>'
    lines = [(words(child), words(what)) for child, what in re.findall(drawn, html, re.S)]
    known = [line for line in lines if "Ukendt barn" not in line[0]]
    assert ("Emil Demodal 7 år", "Svar på ansøgning") in {
        (child.strip(), what.strip()) for child, what in known
    }
    assert len(known) == len(set(known))
    # How far it is: the steps of its plan, of which the deadlines are some.
    assert any("1 af 7" in words(part) for part in html.split("<li"))


def test_the_team_is_shown_to_its_leader(looking: Asking) -> None:
    text = words(looking(HENRIK).get("/dubu/min-dag?vis=team").text)
    assert "Anton Prøvevang" in text
    assert "Anton Prøvevang" not in words(looking().get("/dubu/min-dag?vis=team").text)


def test_an_address_that_says_nothing_sensible_shows_the_page_as_usual(looking: Asking) -> None:
    assert looking().get("/dubu/min-dag?vis=x&kun=y&side=-3").status_code == 200
    assert looking().get("/dubu/indgang?vis=x&side=999").status_code == 200


def test_a_closed_case_can_only_be_read(looking: Asking, standing_day: Day) -> None:
    text = words(looking(METTE).get(f"/dubu/sag/{standing_day.closed_sag}").text)
    assert "Sagen er lukket" in text
