"""The child is chosen without a slip: the unborn one is offered, and grown-ups are refused."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.store.tables import personer
from dubu_plugin.store.tables import underretninger as table
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

TEXT = "Freja Prøvelund, 23 år, er gravid. Terminen er den 28. september 2026."


def radios(html: str) -> list[tuple[str, str]]:
    """Return each choice of a child, in order: its value, and what stands beside it."""
    found = re.findall(r'<input type="radio"[^>]*name="barn"[^>]*>.*?</label>', html, re.S)
    values = [re.search(r'value="([^"]*)"', one) for one in found]
    words = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]
    return [(value.group(1), text) for value, text in zip(values, words, strict=True) if value]


def expecting(day: Day, born: date) -> tuple[UUID, UUID]:
    mother = day.town.person("Freja Prøvelund", born=born)
    return day.town.underretning(TEXT, likely={mother: (70, "cpr,gravid")}), mother


def test_the_unborn_child_is_the_first_choice_and_filled_in(asking: Asking, day: Day) -> None:
    number, mother = expecting(day, date(2003, 2, 17))
    html = asking().get(f"/dubu/indgang/{number}").text
    choices = radios(html)
    assert choices[0][0] == "ufoedt"
    assert "Ufødt barn af Freja Prøvelund, termin 28. september" in (
        choices[0][1].replace("\xa0", " ").replace("&nbsp;", " ")
    )
    assert str(mother) not in [value for value, _text in choices]
    assert re.search(rf'name="mor_valgt" value="{mother}"[^>]* checked', html)
    assert re.search(r'name="termin" value="2026-09-28"', html)
    assert not re.search(r'name="barn" value="ufoedt"[^>]* checked', html)


def test_a_mother_who_is_a_child_herself_may_be_the_one(asking: Asking, day: Day) -> None:
    number, mother = expecting(day, date(2010, 2, 17))
    values = [value for value, _text in radios(asking().get(f"/dubu/indgang/{number}").text)]
    assert values[:2] == ["ufoedt", str(mother)]


def test_a_grown_up_named_without_her_number_is_offered_as_the_mother_alone(
    asking: Asking, day: Day
) -> None:
    mother = day.town.person("Freja Prøvelund", born=date(1989, 2, 17))
    number = day.town.underretning(TEXT, likely={mother: (30, "navn")})
    html = asking().get(f"/dubu/indgang/{number}").text
    assert str(mother) not in [value for value, _text in radios(html)]
    assert re.search(rf'name="mor_valgt" value="{mother}"', html)
    assert not re.search(rf'name="mor_valgt" value="{mother}"[^>]* checked', html)


ANSWERS: Mapping[str, Any] = {
    "bekymring": ["9"], "fare": "ikke_akut", "begrundelse": "Hun er i behandling.",
    "naeste": "screening", "underretter": "4", "pligt": "133", "gem": "uden",
}  # fmt: skip


def save(asking: Asking, number: UUID, version: int, **more: Any) -> Any:
    return asking().post(f"/dubu/indgang/{number}", {**ANSWERS, "version": version, **more})


def version_of(day: Day, number: UUID) -> int:
    with day.town.product.store.read() as connection:
        about = underretninger.by_id(connection, number)
    assert about is not None
    return about.version


def test_a_grown_up_as_the_child_is_refused_at_the_field(asking: Asking, day: Day) -> None:
    number, mother = expecting(day, date(2003, 2, 17))
    refused = save(asking, number, version_of(day, number), barn=str(mother))
    assert refused.status_code == 422
    assert 'id="f-barn-fejl"' in refused.text
    assert "»Et ufødt barn«" in refused.text


def test_the_offer_saves_the_unborn_child(asking: Asking, day: Day) -> None:
    number, mother = expecting(day, date(2003, 2, 17))
    done = save(
        asking, number, version_of(day, number), barn="ufoedt", mor_valgt=str(mother),
        moedre=str(mother), termin="2026-09-28",
    )  # fmt: skip
    assert done.status_code == 303
    with day.town.product.store.read() as connection:
        child = connection.scalar(sa.select(table.c.child_id).where(table.c.id == number))
        name = connection.scalar(sa.select(personer.c.name).where(personer.c.id == child))
    assert name == "Ufødt barn af Freja Prøvelund"


# -- where the kvittering goes ---------------------------------------------------------------------


def test_a_call_without_an_address_says_so_and_saves_without_a_letter(
    asking: Asking, day: Day
) -> None:
    number, _mother = expecting(day, date(2003, 2, 17))
    with day.town.product.store.write(actor="proeve", now=day.town.now) as work:
        work.connection.execute(
            sa.update(table).where(table.c.id == number).values(notifier_address=None)
        )
    address = f"/dubu/indgang/{number}"
    html = asking().get(address).text
    assert "Der mangler en adresse. Skriv den under »Underretter«." in html
    assert "den adresse, den kom fra" not in html
    assert re.search(r"button-primary[^>]*>Gem uden kvittering<", html)
    refused = save(asking, number, version_of(day, number), barn="ukendt", gem="send")
    assert refused.status_code == 422
    assert 'id="f-underretter_adresse-fejl"' in refused.text
    typed = save(
        asking, number, version_of(day, number), barn="ukendt", gem="send",
        underretter_adresse="nabo@demo.example",
    )  # fmt: skip
    assert typed.status_code == 303


# -- what is counted -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "headline", "note"),
    [
        (Henvendelse.UNDERRETNING, "1 underretning på 12 måneder", "(denne)"),
        (Henvendelse.MELLEMKOMMUNAL, "1 underretning på 12 måneder", "(denne)"),
        (Henvendelse.ANSOEGNING, "Ingen underretninger på 12 måneder", ""),
    ],
)
def test_only_underretninger_are_counted(
    kind: Henvendelse, headline: str, note: str, asking: Asking, day: Day
) -> None:
    child = day.town.person("Emil Demodal", born=date(2019, 5, 6))
    number = day.town.underretning("Vi søger om støtte.", child=child, henvendelse=kind)
    html = asking().get(f"/dubu/indgang/{number}").text
    box = " ".join(html.split('id="hist"')[1].split("</section>")[0].split())
    assert headline in box
    assert f'<span class="quiet">{note}</span>' in box


def test_no_talk_is_asked_for_on_the_page_where_the_child_is_not_born(
    asking: Asking, day: Day
) -> None:
    """The style sheet hides the question where a choice so marked is chosen."""
    number, _mother = expecting(day, date(2003, 2, 17))
    child = day.town.person("Ufødt barn af Freja Prøvelund", born=None)
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        right = sa.update(personer).where(personer.c.id == child)
        work.connection.execute(right.values(due_date=date(2026, 9, 28), born=None))
        mine = sa.update(table).where(table.c.id == number)
        work.connection.execute(mine.values(child_id=child, child_state="ufoedt"))
    html = asking().get(f"/dubu/indgang/{number}").text
    chosen = re.findall(rf'<input type="radio"[^>]*value="{child}"[^>]*>', html)
    assert len(chosen) == 1
    assert "data-unborn" in chosen[0]
    assert "checked" in chosen[0]
    unborn = re.findall(r'<input type="radio"[^>]*value="ufoedt"[^>]*>', html)
    assert all("data-unborn" in one for one in unborn)
    assert "Barnet er ikke født, så der skal ikke holdes en samtale" in html
    style = asking().get("/dubu/static/panel.css").text
    assert ":not(:has([data-unborn]:checked)) .by-need--conversation" in style
