"""Who wrote is asked, suggests the duty, and decides whether there is somebody to write to."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.tables import underretninger as table
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

ANSWERS: Mapping[str, Any] = {
    "bekymring": ["9"], "fare": "ikke_akut", "begrundelse": "Han er i trygge hænder.",
    "naeste": "intet", "gem": "uden", "barn": "ukendt", "version": 1,
}  # fmt: skip
CALL: Mapping[str, Any] = {
    "henvendelse": "underretning", "kanal": "telefon", "modtaget": "2026-03-02T13:00",
    "tekst": "To børn, CPR 320199-1234 og 031216-4991.",
    "formular": "5b0c6b1c-0000-4000-8000-000000000000",
}  # fmt: skip


def stored(day: Day, number: UUID) -> Any:
    with day.town.product.store.read() as connection:
        return connection.execute(sa.select(table).where(table.c.id == number)).one()


def unsaid(day: Day, **more: Any) -> UUID:
    """Return something nobody has said who wrote."""
    number = day.town.underretning(
        "Han står alene.", underretter=None, pligt=None, organisation=None, name=None, **more
    )
    with day.town.product.store.write(actor="proeve", now=day.town.now) as work:
        work.connection.execute(
            sa.update(table)
            .where(table.c.id == number)
            .values(notifier_address=None, professional=None)
        )
    return number


def test_an_assessment_without_who_wrote_is_not_saved(asking: Asking, day: Day) -> None:
    number = unsaid(day)
    refused = asking().post(f"/dubu/indgang/{number}", ANSWERS)
    assert refused.status_code == 422
    assert 'id="f-underretter-fejl"' in refused.text
    assert 'id="f-pligt-fejl"' in refused.text
    assert stored(day, number).state == "ny"


def test_who_wrote_suggests_the_duty_also_without_a_script(asking: Asking, day: Day) -> None:
    number = unsaid(day)
    refused = asking().post(f"/dubu/indgang/{number}", {**ANSWERS, "underretter": "10"})
    assert refused.status_code == 422
    assert re.search(r'<option value="133" selected>', refused.text)
    saved = {**ANSWERS, "underretter": "10", "pligt": "133"}
    assert asking().post(f"/dubu/indgang/{number}", saved).status_code == 303
    row = stored(day, number)
    assert (row.underretter, row.pligt, row.professional) == ("10", "133", True)


def test_the_page_is_told_what_each_source_suggests(asking: Asking, day: Day) -> None:
    for address in (f"/dubu/indgang/{unsaid(day)}", "/dubu/indgang/ny"):
        html = asking().get(address).text
        found = re.search(
            r"name=\"pligt\"[^>]*data-follows='underretter' data-usual='([^']*)'", html
        )
        assert found, address
        assert '"2": "133"' in found.group(1)
        assert '"13": "135"' in found.group(1)


def test_an_anonymous_citizen_is_a_choice_that_needs_no_other(asking: Asking, day: Day) -> None:
    number = unsaid(day)
    saved = asking().post(f"/dubu/indgang/{number}", {**ANSWERS, "anonym": "ja"})
    assert saved.status_code == 303
    row = stored(day, number)
    assert (row.underretter, row.pligt, row.professional) == ("8", "135", False)


def test_a_call_from_the_school_is_a_professionals(asking: Asking, day: Day) -> None:
    saved = asking().post("/dubu/indgang/ny", {**CALL, "underretter": "2"})
    number = UUID(saved.headers["location"].split("/")[-1].split("?")[0])
    assert (stored(day, number).pligt, stored(day, number).professional) == ("133", True)


# -- somebody to write to --------------------------------------------------------------------------


def test_where_nobody_can_be_written_to_it_is_said_and_no_letter_drawn(
    asking: Asking, day: Day
) -> None:
    html = asking().get(f"/dubu/indgang/{unsaid(day)}").text
    assert "Kære underretter" not in html
    assert "Skriv navn og adresse under »Underretter«" in html
    assert re.search(r"button-primary[^>]*>Gem uden kvittering<", html)
    assert re.search(r'by-need--address"[^>]*>Gem og send kvittering<', html)
    assert re.search(r'name="underretter_adresse"[^>]*placeholder=" "', html)


# -- what was heard --------------------------------------------------------------------------------


def test_the_numbers_a_caller_gave_are_looked_at_on_the_page(asking: Asking, day: Day) -> None:
    saved = asking().post("/dubu/indgang/ny", {**CALL, "barn": "ukendt", "underretter": "2"})
    for address in (saved.headers["location"], saved.headers["location"].split("?")[0]):
        html = asking().get(address).text
        assert html.count("begynder ikke med en dato") == 1, address
        assert html.count("modulus") == 1, address


# -- what a child without a name is called ---------------------------------------------------------


def test_a_child_nobody_knows_is_the_child(asking: Asking, day: Day) -> None:
    child = day.town.person("Ukendt barn (dreng, 5 år)")
    sag = day.town.sag(child)
    number = day.town.underretning("Han står alene.", child=child, sag=sag)
    html = asking().get(f"/dubu/indgang/{number}").text
    assert "Er barnet i fare nu, og er der mistanke om overgreb?" in html
    assert "Barnet får ikke støtte i dag" in html.replace("\xa0", " ")
    text = " ".join(re.sub(r"<[^>]+>", "", html).split())
    assert "Barnet: børnesag · " in text
    assert "Ukendt i fare" not in html


def test_a_child_that_is_expected_has_its_own_words_and_paragraphs(
    asking: Asking, day: Day
) -> None:
    mother = day.town.person("Freja Prøvelund", born=date(2003, 2, 17))
    child = day.town.person(
        "Ufødt barn af Freja Prøvelund", due_date=date(2026, 9, 28), mother=mother
    )
    number = day.town.underretning("Hun er gravid.", child=child, sag=day.town.sag(child))
    html = asking().get(f"/dubu/indgang/{number}").text
    assert "Er det ufødte barn i fare nu, og er der mistanke om overgreb?" in html
    for words in ("Screening (§ 24)", "Afdækning (§ 25)", "Undersøgelse (§ 26)"):
        assert words in html
    assert "(§ 18)" not in html
    orient = asking().get(f"/dubu/indgang/{number}/orienter").text
    assert "En afdækning (§ 25)" in orient
    assert "(§ 20)" not in orient
    answers = {**ANSWERS, "barn": str(child), "naeste": "screening", "underretter": "2",
               "pligt": "133"}  # fmt: skip
    assert asking().post(f"/dubu/indgang/{number}", answers).status_code == 303
    assert "Screening (§ 24)" in asking().get(f"/dubu/indgang/{number}").text


# -- the family, while it is looked up -------------------------------------------------------------


def test_the_family_is_asked_for_again_until_it_is_found(asking: Asking, day: Day) -> None:
    number = day.town.underretning("Han står alene.", child=day.town.person("Emil Demodal"))
    address = f"/dubu/indgang/{number}"

    def looked_up(known: bool) -> None:
        with day.town.product.store.write(actor="proeve", now=day.town.now) as work:
            at = day.town.now if known else None
            work.connection.execute(
                sa.update(table).where(table.c.id == number).values(matched_at=at)
            )

    looked_up(False)
    again = r'id="kendt"[^>]* hx-get="([^"]*)" hx-trigger="load delay:3s"'
    found = re.search(again, asking().get(address).text)
    assert found
    url = found.group(1).replace("&amp;", "&")
    part = asking().get(url).text
    assert f'<a href="{address}">Se, om den er fundet</a>' in part
    assert re.search(again, part)
    assert not re.search(again, asking().get(url.replace("gang=1", "gang=20")).text)
    looked_up(True)
    assert not re.search(again, asking().get(url).text)


def test_a_letter_to_the_home_it_is_about_is_asked_for_with_a_tick(
    asking: Asking, day: Day
) -> None:
    child = day.town.person("Otto Demovang", born=date(2018, 5, 6), address="Testparken 60, 1. tv")
    number = unsaid(day, child=child)
    sent = {
        **ANSWERS, "barn": str(child), "underretter": "13", "pligt": "135", "gem": "send",
        "underretter_navn": "Camilla Demovang", "underretter_adresse": "Testparken 60 9999 Prøveby",
    }  # fmt: skip
    assert 'name="hjem_ok"' not in asking().get(f"/dubu/indgang/{number}").text
    refused = asking().post(f"/dubu/indgang/{number}", sent)
    assert refused.status_code == 422
    assert "Brevet må sendes til hjemmet" in refused.text
    assert stored(day, number).state == "ny"
    saved = asking().post(f"/dubu/indgang/{number}", {**sent, "hjem_ok": "ja"})
    assert saved.status_code == 303
