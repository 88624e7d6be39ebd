"""What is guessed says so; an application that tells of danger is not looked over."""

import re

from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import client_of

SUGGESTED = "Foreslået ud fra teksten"


def page(day: Day, **more: object) -> str:
    child = day.town.person("Otto Prøvekær")
    number = day.town.underretning("En tekst.", child=child, responsible=KAREN, **more)  # type: ignore[arg-type]
    return client_of(day, KAREN).get(f"/dubu/indgang/{number}").text


def source_of(shown: str) -> str:
    return shown.partition('for="f-underretter"')[2].partition("</select>")[0]


def test_the_source_of_what_nobody_typed_is_said_to_be_a_suggestion(day: Day) -> None:
    assert SUGGESTED in source_of(page(day, channel="e-mail"))


def test_what_a_colleague_typed_from_the_telephone_is_no_suggestion(day: Day) -> None:
    assert SUGGESTED not in source_of(page(day, channel="telefon"))


def test_what_a_professional_is_told_stands_under_the_preview(day: Day) -> None:
    said = "Som fagperson (§ 133) får underretteren også at vide, hvad I sætter i gang"
    assert said in page(day, pligt="133").replace("\xa0", " ")
    assert said not in page(day, pligt="135", underretter="13").replace("\xa0", " ")


def test_an_application_that_names_a_concern_offers_to_be_an_underretning(day: Day) -> None:
    shown = page(day, henvendelse="ansoegning", concerns=("9", "5"))
    assert "Er det også en underretning?" in shown
    assert "Forældres misbrug" in shown
    assert "nedsat funktionsevne" not in shown.partition("Er det også")[2].partition("</div>")[0]
    assert "Det er også en underretning …" in shown


def test_a_plain_application_is_left_in_peace(day: Day) -> None:
    assert "Er det også en underretning?" not in page(
        day, henvendelse="ansoegning", concerns=("5",)
    )


def test_every_application_asks_whether_it_is_an_underretning_too(day: Day) -> None:
    shown = page(day, henvendelse="ansoegning", concerns=("5",))
    assert "Er der også grund til bekymring for barnet?" in shown
    assert "/andet?ogsaa=ja" in shown


def test_what_is_said_to_be_both_shows_both_clocks(day: Day) -> None:
    child = day.town.person("Otto Prøvekær")
    number = day.town.underretning(
        "En tekst.", child=child, responsible=KAREN, henvendelse="ansoegning"
    )
    client = client_of(day, KAREN)
    asked = client.get(f"/dubu/indgang/{number}/andet?ogsaa=ja").text
    assert re.search(r'value="begge"[^>]*checked', asked)
    version = re.search(r'name="version" value="(\d+)"', asked)
    assert version is not None
    sent = {"henvendelse": "begge", "grund": "Far slår.", "version": version[1]}
    assert client.post(f"/dubu/indgang/{number}/andet", data=sent).status_code == 303
    shown = client.get(f"/dubu/indgang/{number}").text
    assert "Vurderes senest" in shown
    assert "Svar på ansøgningen" in shown
    assert "Den er også en ansøgning" in shown
    again = client.get(f"/dubu/indgang/{number}/andet").text
    assert 'value="begge"' not in again
    assert "Kun en underretning" in again
