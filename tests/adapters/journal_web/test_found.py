"""What a search shows besides the journal's own, and who stands as the author of a thing."""

from dubu_journal import cases, notes
from dubu_journal.host import Host

from ..conftest import NOW, Municipality
from .conftest import Browse, Browser, ExamplePlugin


def test_what_a_plugin_found_stands_under_its_own_name(
    karen: Browser, plugin: ExamplePlugin
) -> None:
    assert ">Fra tilføjelser<" in karen.post("/soeg", {"soeg": "Alma"}).text
    hit = {"title": "Sag", "url": "/eksempel/1", "source": "Barn og familie"}
    plugin.hits = [hit]
    shown = karen.post("/soeg", {"soeg": "Alma"}).text
    assert ">Barn og familie<" in shown
    assert "tilføjelser" not in shown


def test_a_case_the_journal_found_is_not_shown_again_by_a_plugin(
    karen: Browser,
    plugin: ExamplePlugin,
    municipality: Municipality,
) -> None:
    with municipality.host.database.reading() as connection:
        number = cases.get(connection, municipality.cases["Alma"]).number
    again = {"title": "Sag: Alma igen", "url": "/eksempel/1", "case": number}
    other = {"title": "Sag: en anden", "url": "/eksempel/2", "case": "27.24.00-G01-999-26"}
    plugin.hits = [again, other]
    shown = karen.post("/soeg", {"soeg": "Alma"}).text
    assert "Alma igen" not in shown
    assert "en anden" in shown


def test_what_ran_by_itself_is_by_the_system(browse: Browse, host: Host) -> None:
    with host.database.writing() as connection:
        notes.add(connection, 1, "Underretning", "Tekst.", occurred_at=NOW, by="system", now=NOW)
    shown = browse("karen").get("/sager/1/journal").text
    assert "· Systemet" in shown


def test_the_bar_says_what_is_searched_and_with_which_key(karen: Browser) -> None:
    shown = karen.get("/").text
    assert 'placeholder="Navn, CPR eller sag"' in shown
    assert "<kbd>/</kbd>" in shown
