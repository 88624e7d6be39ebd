"""Indgang: the oldest clock first, files laid in, and lines taken on or given away."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.underretning import indgang, underretninger
from dubu_plugin.testing.fake_ports import ANDERS, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.indgang.post_lines import mark

Asking: TypeAlias = Callable[..., Any]

MAIL = (
    "From: Skolen <skole@proevestrup.example>\r\nSubject: Underretning\r\n"
    "Message-ID: <en@proevestrup.example>\r\nDate: Mon, 02 Mar 2026 11:00:00 +0100\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\nVi er bekymrede for Bo Testrup.\r\n"
)


def lines(html: str) -> list[str]:
    found = re.findall(r'<li class="queue__line.*?</li>', html, re.S)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)) for line in found]


def about(day: Day, number: Any) -> underretninger.Underretning:
    with day.town.product.store.read() as connection:
        found = underretninger.by_id(connection, number)
    assert found is not None
    return found


def test_lines_that_read_the_same_are_told_apart_by_subject_or_file(
    day: Day, asking: Asking
) -> None:
    for number, name in enumerate(("bekymring.txt", "brev fra naboen.txt")):
        files = {"filer": (name, f"Vi er bekymrede {number}.".encode(), "text/plain")}
        assert asking().post("/dubu/indgang", files=files).status_code in (200, 303)
    shown = " ".join(lines(asking().get("/dubu/indgang").text))
    assert "»bekymring.txt«" in shown
    assert "»brev fra naboen.txt«" in shown


def test_a_call_somebody_has_not_finished_is_told_its_writer_alone(
    day: Day, asking: Asking
) -> None:
    said = "Du har en henvendelse, du ikke er færdig med"
    form = "/dubu/kladde/henvendelse:11111111-1111-1111-1111-111111111111"
    assert asking().post(form, {"tekst": "Mor ringer."}).status_code == 200
    for page in ("/dubu/indgang", "/dubu/min-dag"):
        assert said in asking().get(page).text
        assert said not in asking(METTE).get(page).text


def test_what_is_most_urgent_stands_first(looking: Asking) -> None:
    shown = lines(looking().get("/dubu/indgang").text)
    assert "over tiden" in shown[0]
    assert "Ida Demobæk" in shown[1]
    assert "Alma Testvad" in shown[2]
    emil = next(line for line in shown if "Emil" in line)
    assert "55 dage tilbage" in emil, "an application is answered by a day"
    assert shown.index(emil) > 2, "what is assessed within 24 hours comes first"
    assert "Se på den" in shown[-1]


def test_each_line_says_what_is_needed_of_a_person(looking: Asking) -> None:
    assert "låst med adgangskode" in lines(looking().get("/dubu/indgang").text)[0]


def test_the_views_narrow_it(looking: Asking) -> None:
    mine = lines(looking().get("/dubu/indgang?vis=mine").text)
    assert mine
    assert all("Karen Demotoft" in line for line in mine)
    nobodys = lines(looking().get("/dubu/indgang?vis=ingens").text)
    assert all("Ingen har den" in line for line in nobodys)


def test_a_file_is_taken_in_and_twice_is_once(asking: Asking) -> None:
    file = {"filer": ("mail.eml", MAIL.encode(), "message/rfc822")}
    first = asking().post("/dubu/indgang", files=file)
    assert "Filen er taget ind" in first.text
    assert "Underretningen er modtaget og gemt." in first.text
    second = asking().post("/dubu/indgang", files=file)
    assert "Den er modtaget før" in second.text
    assert sum("Prøvestrup" in line for line in lines(second.text)) == len(
        [line for line in lines(first.text) if "Prøvestrup" in line]
    )


def test_no_file_is_a_sentence(asking: Asking) -> None:
    answer = asking().post("/dubu/indgang", files={"filer": ("", b"", "application/x")})
    assert answer.status_code == 422
    assert "Vælg en eller flere filer" in answer.text


def test_a_line_can_be_taken_on(asking: Asking, day: Day) -> None:
    answer = asking(METTE).post(
        "/dubu/indgang/valgte", {"valgt": [str(day.alma_underretning)], "til": "mig"}
    )
    assert "Du har nu 1 linje mere" in answer.text
    assert about(day, day.alma_underretning).responsible == METTE


def test_lines_can_be_given_to_a_colleague(asking: Asking, day: Day) -> None:
    chosen = [str(day.alma_underretning), str(day.freja_underretning)]
    asked = asking().post("/dubu/indgang/valgte", {"valgt": chosen, "til": "kollega"})
    assert "Vælg en kollega" in asked.text
    asking().post("/dubu/indgang/valgte", {"valgt": chosen, "til": "kollega", "kollega": ANDERS})
    assert {
        about(day, one).responsible for one in (day.alma_underretning, day.freja_underretning)
    } == {ANDERS}


def hidden(page: str) -> list[str]:
    return re.findall(r'name="havde" value="([^"]+)"', page)


def test_who_takes_a_line_that_a_colleague_took_meanwhile_is_told(asking: Asking, day: Day) -> None:
    seen = [one for one in hidden(asking().get("/dubu/indgang").text) if one]
    taking = {"valgt": [str(day.alma_underretning)], "til": "mig", "havde": seen}
    asking(METTE).post("/dubu/indgang/valgte", taking)
    answer = asking().post("/dubu/indgang/valgte", taking)
    assert answer.status_code == 200
    assert "En kollega har givet den videre eller selv taget den imens" in answer.text
    assert about(day, day.alma_underretning).responsible == METTE


def test_who_gives_on_what_a_colleague_took_meanwhile_is_told(asking: Asking, day: Day) -> None:
    address = f"/dubu/indgang/{day.alma_underretning}"
    seen = hidden(asking().get(f"{address}/giv-videre").text)
    assert len(seen) == 1
    asking(METTE).post(
        "/dubu/indgang/valgte", {"valgt": [str(day.alma_underretning)], "til": "mig"}
    )
    giving = {"til": "kollega", "kollega": ANDERS, "havde": seen}
    answer = asking().post(f"{address}/giv-videre", giving)
    assert answer.status_code == 422
    assert "En kollega har givet den videre" in answer.text
    assert about(day, day.alma_underretning).responsible == METTE


def test_nobody_is_given_their_own_family(asking: Asking, day: Day) -> None:
    day.town.block(METTE, day.alma)
    answer = asking().post(
        f"/dubu/indgang/{day.alma_underretning}/giv-videre", {"til": "kollega", "kollega": METTE}
    )
    assert answer.status_code == 422
    assert "Vælg en anden" in answer.text
    assert about(day, day.alma_underretning).responsible == KAREN


def test_none_chosen_is_a_sentence(asking: Asking) -> None:
    answer = asking().post("/dubu/indgang/valgte", {"til": "mig"})
    assert answer.status_code == 422
    assert "Vælg først" in answer.text


def test_what_is_not_ones_own_is_not_taken(asking: Asking, day: Day) -> None:
    answer = asking(ANDERS).post(
        "/dubu/indgang/valgte", {"valgt": [str(day.alma_underretning)], "til": "mig"}
    )
    assert "du har ikke adgang" in answer.text
    assert about(day, day.alma_underretning).responsible == KAREN


def test_post_that_waits_becomes_an_underretning(asking: Asking, day: Day) -> None:
    address = f"/dubu/indgang/post/{day.post}"
    page = asking().get(address)
    assert "Se, hvad den er" in page.text
    answer = asking().post(address, {"henvendelse": "underretning"})
    assert re.match(r"/dubu/indgang/[0-9a-f-]{36}$", answer.headers["location"])
    assert asking().get(answer.headers["location"]).status_code == 200


def test_post_that_waits_is_not_for_other_units(asking: Asking, day: Day) -> None:
    address = f"/dubu/indgang/post/{day.post}"
    assert asking(ANDERS).get(address).status_code == 404
    assert asking(ANDERS).post(address, {"henvendelse": "andet"}).status_code == 404
    assert asking(ANDERS).get(f"{address}/original").status_code == 404


def test_paragraf_136_stk_2_an_application_nobody_has_taken_in_a_day_stands_with_what_is_due_now(
    day: Day, asking: Asking
) -> None:
    """What it tells may not wait the weeks its answer may take."""
    now = day.town.now
    for name, hours in (("Nyt", 23), ("Urørt", 25)):
        day.town.underretning(
            "Vi søger aflastning.", henvendelse="ansoegning", organisation=f"{name} brev",
            name=None, received_at=now - timedelta(hours=hours),
        )  # fmt: skip
    shown = lines(asking().get("/dubu/indgang").text)
    untouched = next(place for place, line in enumerate(shown) if "Urørt brev" in line)
    assert "Ingen har taget den" in shown[untouched]
    assert all("over tiden" in line for line in shown[:untouched])
    assert "tilbage" in shown[untouched + 1]
    fresh = next(place for place, line in enumerate(shown) if "Nyt brev" in line)
    assert fresh > untouched
    assert "dage tilbage" in shown[fresh]
    with day.town.product.store.read() as connection:
        box = indgang.newest(
            connection, Asker(KAREN, frozenset({Role.CASEWORKER}), "modtagelse"), now=now, limit=40
        ).items
    marks = {item.organisation: mark(item, now) for item in box}
    assert marks["Urørt brev"] == ("Ingen har taget den", "soon", "time")
    assert marks["Nyt brev"] is None
