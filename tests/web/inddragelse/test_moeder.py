"""The meetings of a case as a page: booked, moved, cancelled, and the lines a person sees to."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.moede import Moedelinje
from dubu_plugin.store.inddragelse import moeder as meetings
from dubu_plugin.store.tables import moede_deltagere, moeder, sager
from dubu_plugin.testing.fake_ports import FIE, HENRIK, KAREN, REVA
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking, client_of

FORM = {
    "form": "boernesamtale",
    "dag": "2026-12-03",
    "fra": "10.00",
    "til": "11:30",
    "sted": "Rådhuset",
    "deltagere": "Testskolen kontor@skole.example\n\nSanne Testvad",
}


@pytest.fixture
def url(day: Day) -> str:
    with day.town.product.store.add() as connection:
        connection.execute(
            sa.update(sager).where(sager.c.id == day.ida_sag).values(responsible=KAREN)
        )
    return f"/dubu/sag/{day.ida_sag}/moeder"


def rows(day: Day, table: sa.Table) -> list[sa.Row[tuple[object, ...]]]:
    with day.town.product.store.read() as connection:
        return list(connection.execute(sa.select(table)))


def key(day: Day) -> str:
    (row,) = rows(day, moeder)
    return str(row.id)


def test_a_meeting_is_booked_in_danish_time_with_those_on_the_lines(
    day: Day, asking: Asking, url: str
) -> None:
    answer = asking().post(url, FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{url}?gemt=booket")
    (row,) = rows(day, moeder)
    assert f"{row.starts:%Y-%m-%d %H:%M}" == "2026-12-03 09:00"
    guests = {(one.name, one.email) for one in rows(day, moede_deltagere)}
    assert guests == {("Testskolen", "kontor@skole.example"), ("Sanne Testvad", None)}
    page = asking().get(f"{url}?gemt=booket").text
    assert "torsdag 3. december 2026 kl. 10.00–11.30" in page
    assert "Mødet er booket" in page
    assert "skal have besked af dig" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("form", "", "Vælg, hvad mødet er."),
        ("dag", "i morgen", "Skriv, hvilken dag mødet er."),
        ("fra", "25:00", "Skriv, hvornår mødet begynder."),
        ("til", "09:00", "Mødet skal slutte, efter at det begynder"),
        ("dag", "2020-01-02", "Mødet skal ligge frem i tiden"),
        ("sted", "hos 031216-4990", "Skriv ikke et CPR-nummer"),
        ("deltagere", "Skolen kontor@", "Mailadressen på linje 1 kan ikke bruges."),
    ],
)
def test_what_cannot_be_booked_says_what_to_do_and_keeps_what_was_typed(
    day: Day, asking: Asking, url: str, field: str, value: str, sentence: str
) -> None:
    answer = asking().post(url, {**FORM, "deltagere": "Sanne Testvad", field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert rows(day, moeder) == []
    if field != "sted":
        assert 'value="Rådhuset"' in answer.text


def test_a_meeting_is_moved_and_cancelled(day: Day, asking: Asking, url: str) -> None:
    asking().post(url, FORM)
    moved = {**FORM, "moede": key(day), "dag": "2026-12-04"}
    assert asking().post(f"{url}/flyt", moved).status_code == 303
    (row,) = rows(day, moeder)
    assert f"{row.starts:%Y-%m-%d}" == "2026-12-04"
    wrong = asking().post(f"{url}/flyt", {**moved, "fra": ""})
    assert wrong.status_code == 422
    assert '<details class="top" open>' in wrong.text
    assert asking().post(f"{url}/aflys", {"moede": key(day)}).status_code == 303
    assert "Aflyst" in asking().get(url).text or "Aflyst" in wrong.text
    again = asking().post(f"{url}/aflys", {"moede": key(day)})
    assert (again.status_code, "allerede aflyst" in again.text) == (409, True)


def test_a_deleted_meeting_asks_a_person_and_can_be_put_back(
    day: Day, asking: Asking, url: str
) -> None:
    asking().post(url, FORM)
    number = UUID(key(day))
    with day.town.product.store.add() as connection:
        row = meetings.by_id(connection, number)
        assert row is not None
        meetings.add_lines(connection, row, Moedelinje.SLETTET)
        meetings.change(connection, number, state="aflyst")
    page = asking().get(url).text
    assert "slettet i kalenderen" in page
    assert "Sæt mødet ind igen" in page
    sent = {"moede": key(day), "svar": "saet_ind_igen"}
    assert asking().post(f"{url}/linje", sent).status_code == 303
    (after,) = rows(day, moeder)
    assert (after.state, after.needs) == ("planlagt", None)
    assert asking().post(f"{url}/linje", sent).status_code == 409


def test_who_may_only_read_sees_no_forms(day: Day, asking: Asking, url: str) -> None:
    asking().post(url, FORM)
    page = asking(REVA).get(url)
    assert page.status_code == 200
    assert not re.search(r'action="[^"]*/moeder', page.text)
    assert asking(REVA).post(url, FORM).status_code == 404


def test_who_may_not_see_the_case_sees_no_meeting(day: Day, asking: Asking, url: str) -> None:
    asking().post(url, FORM)
    assert asking(FIE).get(url).status_code == 404
    for act in ("", "/flyt", "/aflys", "/linje"):
        assert asking(FIE).post(f"{url}{act}", {**FORM, "moede": key(day)}).status_code == 404


def test_a_meeting_of_another_case_is_not_there(day: Day, asking: Asking, url: str) -> None:
    asking().post(url, FORM)
    with day.town.product.store.add() as connection:
        connection.execute(
            sa.update(sager).where(sager.c.id == day.noah_sag).values(responsible=KAREN)
        )
    other = f"/dubu/sag/{day.noah_sag}/moeder"
    assert asking().post(f"{other}/aflys", {"moede": key(day)}).status_code == 404
    assert asking().post(f"{url}/aflys", {"moede": "ikke-et-moede"}).status_code == 404
    assert asking().post(f"{url}/aflys", {}).status_code == 422


def test_what_is_typed_is_shown_as_text(day: Day, asking: Asking, url: str) -> None:
    asking().post(url, {**FORM, "sted": "<script>x</script>", "deltagere": "<b>Test</b>"})
    page = asking().get(url).text
    assert "<script>x" not in page
    assert "<b>Test" not in page


def test_in_a_training_copy_no_invitation_is_said_to_be_on_its_way(
    day: Day, asking: Asking, url: str
) -> None:
    asking().post(url, FORM)
    assert "invitationen er ikke sendt endnu" in asking().get(url).text
    settings = day.town.product.settings.model_copy(update={"training": True})
    training = replace(
        day, town=replace(day.town, product=replace(day.town.product, settings=settings))
    )
    said = client_of(training).get(url).text
    assert "øvemiljø: der sendes ingen invitation" in said
    assert "ikke sendt endnu" not in said


def test_what_is_typed_of_a_meeting_is_there_again(asking: Asking, day: Day) -> None:
    where = f"/dubu/sag/{day.ida_sag}/moeder"
    kept = f"/dubu/kladde/moede:{day.ida_sag}"
    assert f'data-draft="{kept}"' in asking(KAREN).get(where).text
    asking(KAREN).post(kept, {"form": "", "sted": "Mødelokale 2", "deltagere": ""})
    page = asking(KAREN).get(where).text
    assert 'value="Mødelokale 2"' in page
    assert "Din kladde fra" in page
    assert "Mødelokale 2" not in asking(HENRIK).get(where).text


@pytest.mark.parametrize(
    ("typed", "guests"),
    [
        (
            "Ole Test <ole@skole.example>; Per per@x.example; Sanne Testvad",
            {("Ole Test", "ole@skole.example"), ("Per", "per@x.example"), ("Sanne Testvad", None)},
        ),
        (
            "Test, Ole <ole@skole.example>, per@x.example",
            {("Test Ole", "ole@skole.example"), ("per@x.example", "per@x.example")},
        ),
        ("ole@skole.example Ole", {("Ole", "ole@skole.example")}),
        ("ole@skole.example, Prøve, Per", {("Prøve Per", "ole@skole.example")}),
    ],
)
def test_everybody_on_one_line_is_invited(
    day: Day, asking: Asking, url: str, typed: str, guests: set[tuple[str, str | None]]
) -> None:
    """As mail programs write them, after one another."""
    assert asking().post(url, {**FORM, "deltagere": typed}).status_code == 303
    assert {(one.name, one.email) for one in rows(day, moede_deltagere)} == guests
