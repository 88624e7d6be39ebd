"""Every page answers, in Danish, with what it is about."""

import re

import pytest

from dubu_journal import addresses
from dubu_journal.web.site import PAGES

from ..conftest import NOW, Municipality
from .conftest import Browse, Browser

SHOWS = {
    "/": "Mine erindringer",
    "/sager": "Testvad, Alma – særlig støtte",
    "/sager?vis=enhed&status=aktiv": "Demobæk, Ida – særlig støtte",
    "/sager/ny": "Hvem handler sagen om?",
    "/sager/{alma}": "Seneste dokumenter",
    "/sager/{alma}/ret": "Hvem arbejder også på sagen?",
    "/sager/{alma}/dokumenter": "Fravær september–oktober",
    "/sager/{alma}/dokumenter/nyt": "Hvilken vej er dokumentet gået?",
    "/sager/{alma}/journal": "Alma siger, at hun gerne vil i svømmehallen.",
    "/sager/{alma}/parter": "Mette Testvad",
    "/sager/{alma}/parter/ny": "Find i adressebogen",
    "/sager/{alma}/erindringer": "Ring til skolen",
    "/sager/{alma}/kalender": "Skolen, lokale 4",
    "/sager/{alma}/laesninger": "Ingen har åbnet sagen endnu",
    "/sager/{alma}/fane/barn": "Panel for {alma}",
    "/dokumenter/{filed}": "Journaliseret 26-10-2026 kl. 09.00",
    "/dokumenter/{draft}": "Tjek ud for at rette",
    "/filer/{filed}": "%PDF-1.4 test",
    "/adressebog": "Navn, CPR- eller CVR-nummer",
    "/adressebog/ny": "Ny i adressebogen",
    "/adressebog/{child}": "031216-••••",
    "/adressebog/{child}/ret": "Ret oplysninger",
    "/kalender": "Min kalender, uge 44",
    "/kalender?uge=2026-11-02": "Min kalender, uge 45",
    "/post": "Underretning om en elev på skolen",
    "/post/{item}": "Vi er bekymrede for en elev",
    "/post/{item}/original": "Vi er bekymrede for en elev",
    "/post/udgaaende": "Kvittering for underretning",
    "/post/udgaaende/{letter}": "kvittering.pdf",
    "/soeg": "Navn, CPR-nummer, sagsnummer eller ord",
    "/mig": "Socialrådgiver",
}


@pytest.fixture
def ids(municipality: Municipality) -> dict[str, int]:
    return {
        "alma": municipality.cases["Alma"],
        "filed": municipality.documents["filed"],
        "draft": municipality.documents["draft"],
        "child": municipality.contacts["Alma Testvad"],
        "letter": municipality.letters["kvittering"],
        "item": 1,
    }


@pytest.mark.parametrize("path", SHOWS)
def test_a_page_shows_what_it_is_about(path: str, ids: dict[str, int], browse: Browse) -> None:
    mostly = "peter" if path.startswith(("/post", "/mig")) else "karen"
    answer = browse(mostly).get(path.format(**ids))
    assert answer.status_code == 200
    assert SHOWS[path].format(**ids) in answer.text


def test_no_page_is_left_out_here() -> None:
    def shape(path: str) -> str:
        return re.sub(r"\{[^}]*\}|barn", "*", path.split("?")[0])

    assert {shape(path) for path in PAGES} == {shape(path) for path in SHOWS}


def test_a_case_has_the_hosts_tabs_and_then_the_plugins(karen: Browser) -> None:
    tabs = re.findall(
        r'<li><a href="/sager/1[^"]*"[^>]*>([^<]*)</a></li>', karen.get("/sager/1").text
    )
    assert tabs == [
        "Overblik",
        "Dokumenter",
        "Journal",
        "Parter",
        "Erindringer",
        "Kalender",
        "Læsninger",
        "Barn og familie",
    ]


def test_what_people_wrote_is_text_and_never_markup(karen: Browser) -> None:
    form = {"titel": "<script>1</script>", "tekst": "<img src=x onerror=1>", "dato": "26-10-2026"}
    karen.post("/sager/1/journal", {**form, "dato_tid": "08.00"})
    shown = karen.get("/sager/1/journal").text
    assert "&lt;script&gt;1&lt;/script&gt;" in shown
    assert "&lt;img src=x" in shown
    assert "<img" not in shown


def test_a_protected_address_is_on_no_page(
    karen: Browser, ids: dict[str, int], municipality: Municipality
) -> None:
    mother = municipality.contacts["Mette Testvad"]
    pages = [path.format(**ids) for path in SHOWS] + [
        f"/adressebog/{mother}",
        f"/adressebog/{mother}/ret",
    ]
    shown = [karen.get(path).text for path in pages]
    shown.append(karen.post("/adressebog", {"soeg": "Mette Testvad"}).text)
    shown.append(karen.post("/soeg", {"soeg": "Mette Testvad"}).text)
    assert any("Beskyttet adresse" in text for text in shown)
    assert [text for text in shown if "Hemmelig Sti" in text] == []


def test_a_cpr_number_is_whole_only_for_the_one_who_asks(
    karen: Browser, municipality: Municipality
) -> None:
    person = f"/adressebog/{municipality.contacts['Alma Testvad']}"
    assert "031216-0001" not in karen.get(person).text
    assert "031216-0001" in karen.post(person).text


def test_of_who_is_protected_no_part_of_the_number_is_shown_nor_the_birthday(
    karen: Browser, ids: dict[str, int], municipality: Municipality
) -> None:
    person = f"/adressebog/{ids['child']}"
    with municipality.host.database.writing() as connection:
        addresses.change(connection, ids["child"], {"protected_address": True}, NOW)
    pages = [person, f"/sager/{ids['alma']}", f"/sager/{ids['alma']}/parter", "/adressebog"]
    shown = [karen.get(path).text for path in pages]
    shown += [karen.post(path, {"soeg": "Alma Testvad"}).text for path in ("/adressebog", "/soeg")]
    assert sum("••••••-••••" in text for text in shown) >= 4
    assert [text for text in shown if "031216" in text or "03-12-2016" in text] == []
    asked = karen.post(person).text
    assert "031216-0001" in asked
    assert "03-12-2016" in asked


def test_no_address_of_a_page_holds_what_was_typed(karen: Browser) -> None:
    for form, path in (("/soeg", "/soeg"), ("/adressebog", "/adressebog")):
        assert f'method="post" action="{form}"' in karen.get(path).text or 'method="post"' in (
            karen.get(path).text
        )
        assert karen.post(path, {"soeg": "Alma Testvad"}).url.path == path


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Alma", "Testvad, Alma – særlig støtte"),
        ("031216-0001", "Testvad, Alma – særlig støtte"),
        ("27.24.00-G01-1-26", "Testvad, Alma – særlig støtte"),
        ("svømmehallen", "Samtale nummer 1"),
        ("fravær", "Fravær september–oktober"),
        ("Mete Tesvad", "Mette Testvad"),
        ("hvad som helst", "Fundet af tilføjelsen"),
    ],
)
def test_a_search_finds(typed: str, found: str, karen: Browser) -> None:
    assert found in karen.post("/soeg", {"soeg": typed}).text


def test_a_list_goes_on_where_it_stopped(karen: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dubu_journal.web.case_pages.PAGE", 2)
    first = karen.get("/sager").text
    more = re.search(r'href="(/sager\?[^"]*efter=[^"]*)"', first)
    assert more is not None
    second = karen.get(more[1].replace("&amp;", "&")).text
    named = re.compile(r'<th scope="row"><a href="/sager/(\d+)"')
    assert sorted(named.findall(first) + named.findall(second)) == ["1", "2", "3", "4"]
