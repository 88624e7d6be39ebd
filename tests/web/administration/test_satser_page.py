"""An administrator puts a rate in, corrects it and takes it out, and sees who did what when."""

import re

from dubu_plugin.testing.fake_ports import ADAM, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking

URL = "/dubu/satser"
NEW = {"handling": "gem", "kode": "tabt_loft", "beloeb": "39.500", "fra": "2026-02-01",
       "til": "", "kilde": "Ministeriets satser"}  # fmt: skip


def page(asking: Asking, query: str = "") -> str:
    return asking(ADAM).get(f"{URL}{query}").text.replace("\N{NO-BREAK SPACE}", " ")


def row_of(asking: Asking) -> str:
    found = re.search(rf'href="{URL}\?ret=([0-9a-f-]{{36}})#ny"', page(asking))
    assert found is not None
    return found[1]


def test_a_rate_that_is_typed_holds_from_its_day_and_goes_before_ours(
    day: Day, asking: Asking
) -> None:
    assert asking(ADAM).post(URL, NEW).status_code == 303
    shown = page(asking)
    assert "39.500,00 kr. om måneden" in shown
    assert "38.380,00 kr. om måneden" not in shown
    assert "Fra 1. februar 2026 · 2026-niveau" in shown
    assert "38.380,00 kr. om måneden" in page(asking, "?dag=2026-01-31")


def test_a_correction_keeps_the_old_and_says_who_changed_it(day: Day, asking: Asking) -> None:
    asking(ADAM).post(URL, NEW)
    row = row_of(asking)
    form = page(asking, f"?ret={row}")
    assert 'value="39.500,00"' in form
    assert "Ret satsen: Tabt arbejdsfortjeneste, højst om måneden" in form
    again = {**NEW, "raekke": row, "beloeb": "39.600"}
    assert asking(ADAM).post(URL, again).status_code == 303
    shown = page(asking)
    said = "39.500,00 kr. om måneden fra 1. februar 2026 er rettet til 39.600,00 kr. om måneden"
    assert said in shown
    assert "Adam Demoborg, i dag" in shown
    lost = asking(ADAM).post(URL, {**again, "beloeb": "1"})
    assert lost.status_code == 422
    assert "En anden har rettet satsen imens" in lost.text
    out = {"handling": "ud", "raekke": row_of(asking)}
    assert asking(ADAM).post(URL, out).status_code == 303
    shown = page(asking)
    assert "38.380,00 kr. om måneden" in shown
    assert "39.600,00 kr. om måneden fra 1. februar 2026 er taget ud" in shown


def test_what_cannot_be_is_told_at_its_field_and_what_was_typed_stays(
    day: Day, asking: Asking
) -> None:
    for changes, said in (
        ({"beloeb": "mange"}, "Skriv beløbet som et tal"),
        ({"kilde": ""}, "Skriv, hvor beløbet kommer fra."),
        ({"fra": ""}, "Skriv, fra hvilken dag satsen gælder."),
        ({"til": "2025-01-01"}, "Den sidste dag ligger før den første."),
        ({"kode": "bil"}, "Vælg, hvilken sats det er."),
    ):
        answer = asking(ADAM).post(URL, {**NEW, **changes})
        assert answer.status_code == 422
        assert said in answer.text
    assert 'value="Ministeriets satser"' in answer.text
    asking(ADAM).post(URL, NEW)
    assert "har allerede et beløb fra den dag" in asking(ADAM).post(URL, NEW).text


def test_nobody_but_an_administrator_changes_a_rate(day: Day, asking: Asking) -> None:
    assert asking(KAREN).post(URL, NEW).status_code == 404
    assert "39.500" not in page(asking)


def test_an_amount_far_from_the_one_before_is_asked_for_and_saved_when_it_is_right(
    day: Day, asking: Asking
) -> None:
    """A comma too few is money for families."""
    slip = {**NEW, "beloeb": "395.000"}
    answer = asking(ADAM).post(URL, slip)
    said = answer.text.replace("\N{NO-BREAK SPACE}", " ")
    assert answer.status_code == 422
    assert "var 38.380,00 kr. om måneden, og bliver 395.000,00 kr. om måneden" in said
    assert "Ja, den skal være 395.000,00 kr. om måneden" in said
    assert 'value="395.000"' in said
    other = {**slip, "beloeb": "3.950", "beloeb_rigtigt": "395.000"}
    assert asking(ADAM).post(URL, other).status_code == 422, "another amount is asked for again"
    assert asking(ADAM).post(URL, {**slip, "beloeb_rigtigt": "395.000"}).status_code == 303
    assert "395.000,00 kr. om måneden" in page(asking)


def test_a_percentage_over_a_hundred_is_asked_for(day: Day, asking: Asking) -> None:
    answer = asking(ADAM).post(URL, {**NEW, "kode": "tabt_pension", "beloeb": "1000"})
    assert answer.status_code == 422
    assert "1.000 pct." in answer.text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_correction_is_held_against_what_it_follows_and_not_against_the_slip(
    day: Day, asking: Asking
) -> None:
    slip = {**NEW, "beloeb": "3.950", "beloeb_rigtigt": "3.950"}
    assert asking(ADAM).post(URL, slip).status_code == 303
    right = {**NEW, "raekke": row_of(asking)}
    assert asking(ADAM).post(URL, {**right, "beloeb": "3.951"}).status_code == 422
    assert asking(ADAM).post(URL, right).status_code == 303
