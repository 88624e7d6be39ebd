"""What a page says first, when it follows something that was just done."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

CALL = {
    "henvendelse": "underretning",
    "kanal": "telefon",
    "modtaget": "2026-03-02T12:00",
    "tekst": "Naboen fortæller, at der er meget uro om aftenen.",
    "underretter": "4",
    "pligt": "135",
    "barn": "andet",
    "find_navn": "Vita Prøvegaard",
    "gem": "gem",
}


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def receipt(html: str) -> str:
    """Return what stands in the green box; empty where there is none."""
    found = re.search(r'<div class="alert alert-success".*?</div>', html, re.S)
    return words(found[0]) if found else ""


def followed(asking: Asking, path: str, sent: dict[str, Any]) -> str:
    answer = asking().post(path, sent)
    assert answer.status_code == 303, words(answer.text)[:400]
    html: str = asking().get(answer.headers["location"]).text
    return html


def assessed(day: Day, step: str = "vurderet") -> UUID:
    child = day.town.person("Alma Prøvedal", born=date(2018, 5, 6))
    sag = day.town.sag(child, step=step)
    number = day.town.underretning("En bekymring.", child=child, sag=sag)
    day.town.assess(number, at=day.town.now, next_step=step, child=child, sag=sag)
    return number


def test_a_number_that_fails_modulus_11_is_warned_of_when_it_is_registered(asking: Asking) -> None:
    sent = {**CALL, "find": "140514-4993", "formular": str(uuid4())}
    said = receipt(followed(asking, "/dubu/indgang/ny", sent))
    assert "Henvendelsen er registreret" in said
    assert "går ikke op i kontrollen (modulus 11)" in said
    assert "4993" not in said


def test_a_number_that_is_no_date_is_told_at_its_field(asking: Asking) -> None:
    sent = {**CALL, "find": "991314-4993", "formular": str(uuid4())}
    refused = asking().post("/dubu/indgang/ny", sent)
    assert refused.status_code == 422
    assert 'id="f-find-fejl"' in refused.text


def test_an_orientering_that_was_sent_has_a_receipt(asking: Asking, day: Day) -> None:
    number = assessed(day)
    html = followed(asking, f"/dubu/indgang/{number}/orienter", {"igang": "intet", "hvad": "send"})
    assert "Orientering om underretning er bestilt" in receipt(html)
    assert "lægges på sagen" in receipt(html)


def test_a_withheld_orientering_has_a_receipt_with_the_reason(asking: Asking, day: Day) -> None:
    number = assessed(day)
    sent = {"hvad": "undlad", "grund": "Barnet er i fare."}
    html = followed(asking, f"/dubu/indgang/{number}/orienter", sent)
    assert "bliver ikke orienteret" in receipt(html)
    assert "Barnet er i fare." in receipt(html)


def test_a_kvittering_that_was_sent_by_itself_has_a_receipt(asking: Asking, day: Day) -> None:
    number = assessed(day)
    html = followed(asking, f"/dubu/indgang/{number}/kvittering", {})
    assert "Kvittering" in receipt(html)
    assert "er bestilt" in receipt(html)


def test_no_receipt_is_shown_for_what_was_not_done(asking: Asking, day: Day) -> None:
    """The address alone says nothing: what is shown was stored."""
    number = assessed(day)
    for word in ("kvittering", "orientering", "undladt", "sludder"):
        page = asking().get(f"/dubu/indgang/{number}?efter={word}")
        assert (page.status_code, receipt(page.text)) == (200, "")


def test_a_letter_about_two_children_is_registered_for_the_second(asking: Asking, day: Day) -> None:
    address = f"/dubu/indgang/{day.alma_underretning}"
    assert f'href="{address}/et-barn-til"' in asking().get(address).text
    form = {"formular": str(uuid4())}
    assert "Registrér for et barn til" in asking().get(f"{address}/et-barn-til").text
    html = followed(asking, f"{address}/et-barn-til", form)
    assert "Registreret for et barn til" in receipt(html)
    assert "Skole underretter om Alma Testvad" in words(html)
