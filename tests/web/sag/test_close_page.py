"""A case is closed on a page that says what is not done, and the host is told."""

from datetime import date
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.moede import TITLES
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import Whom
from dubu_plugin.store.tables import moeder, outbox, sager
from dubu_plugin.testing.fake_ports import ANDERS, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import client_of


def told(day: Day) -> list[str]:
    with day.town.product.store.read() as connection:
        return list(connection.scalars(sa.select(outbox.c.kind)))


def phase(day: Day, sag: Any) -> str:
    with day.town.product.store.read() as connection:
        return str(connection.scalar(sa.select(sager.c.phase).where(sager.c.id == sag)))


@pytest.fixture
def url(day: Day) -> str:
    return f"/dubu/sag/{day.ida_sag}/afslut"


def test_what_is_not_done_is_named_and_a_reason_asked_for(day: Day, url: str) -> None:
    duties = client_of(day, KAREN).get(url).text
    assert "Det er ikke gjort" in duties
    refused = client_of(day, KAREN).post(url, {"grund": " "})
    assert refused.status_code == 422
    assert "Skriv, hvorfor" in refused.text
    assert phase(day, day.ida_sag) == "active"
    assert "close_case" not in told(day)


def test_with_a_reason_it_is_closed_here_and_the_host_is_told_once(day: Day, url: str) -> None:
    for _ in range(2):
        answer = client_of(day, KAREN).post(url, {"grund": "Familien er flyttet."})
        assert answer.status_code == 303
    assert phase(day, day.ida_sag) == "closed"
    assert told(day).count("close_case") == 1
    assert "Sagen er lukket" in client_of(day, KAREN).get(url).text


def test_the_case_leads_there_until_it_is_closed(day: Day, url: str) -> None:
    case = f"/dubu/sag/{day.ida_sag}"
    assert "Afslut sagen …" in client_of(day, KAREN).get(case).text
    client_of(day, KAREN).post(url, {"grund": "Familien er flyttet."})
    assert "Afslut sagen …" not in client_of(day, KAREN).get(case).text


def test_a_case_is_not_closed_while_a_child_is_placed_and_the_page_says_since_when(
    day: Day, url: str
) -> None:
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        work.happened(H.ANBRINGELSE_IVAERKSAT, occurred_at=day.town.now, sag=day.ida_sag)
    said = unescape(client_of(day, KAREN).get(url).text).replace("\N{NO-BREAK SPACE}", " ")
    assert "Anbringelsen fra 2. marts 2026 er ikke noteret ophørt." in said
    assert ">Afslut sagen</button>" not in said
    refused = client_of(day, KAREN).post(url, {"grund": "Familien er flyttet."})
    assert (refused.status_code, phase(day, day.ida_sag)) == (422, "active")
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        work.happened(H.ANBRINGELSE_OPHOERT, occurred_at=day.town.now, sag=day.ida_sag)
    assert client_of(day, KAREN).post(url, {"grund": "Flyttet."}).status_code == 303


def test_a_closed_case_is_opened_again_by_hand_here_and_in_the_host(day: Day, url: str) -> None:
    client_of(day, KAREN).post(url, {"grund": "Familien er flyttet."})
    case = f"/dubu/sag/{day.ida_sag}"
    assert "Åbn sagen igen …" in client_of(day, KAREN).get(case).text
    again = f"{case}/genaabn"
    assert client_of(day, ANDERS).post(again, {"grund": "x"}).status_code == 404
    assert client_of(day, KAREN).post(again, {"grund": " "}).status_code == 422
    assert phase(day, day.ida_sag) == "closed"
    assert client_of(day, KAREN).post(again, {"grund": "De er flyttet hjem."}).status_code == 303
    assert phase(day, day.ida_sag) == "active"
    assert {"reopen_case", "add_note"} <= set(told(day))
    assert "Det er ikke gjort" in client_of(day, KAREN).get(url).text, "its clocks came back"


def test_somebody_of_another_unit_closes_nothing(day: Day, url: str) -> None:
    assert client_of(day, ANDERS).get(url).status_code == 404
    assert client_of(day, ANDERS).post(url, {"grund": "x"}).status_code == 404


MEETING = {
    "form": "netvaerk", "dag": "2026-12-03", "fra": "10.00", "til": "11.30", "sted": "Rådhuset",
    "deltagere": "Testskolen kontor@skole.example",
}  # fmt: skip


def booked(day: Day) -> str:
    """Book a meeting, and return what its form posts."""
    case = f"/dubu/sag/{day.ida_sag}"
    form = {**MEETING, "form": str(next(iter(TITLES)))}
    assert client_of(day, KAREN).post(f"{case}/moeder", form).status_code == 303
    with day.town.product.store.read() as connection:
        return str(connection.scalar(sa.select(moeder.c.id)))


def test_a_meeting_to_come_stands_there_and_can_be_cancelled(day: Day, url: str) -> None:
    key = booked(day)
    shown = client_of(day, KAREN).get(url).text
    assert "Det står der endnu" in shown
    assert "Alt er gjort" not in shown
    sent = {"moede": key, "tilbage": "afslut"}
    answer = client_of(day, KAREN).post(f"/dubu/sag/{day.ida_sag}/moeder/aflys", sent)
    assert (answer.status_code, answer.headers["location"]) == (303, url)
    assert "Møde: " not in client_of(day, KAREN).get(url).text


def test_no_meeting_is_booked_on_a_closed_case(day: Day, url: str) -> None:
    booked(day)
    client_of(day, KAREN).post(url, {"grund": "Familien er flyttet."})
    case = f"/dubu/sag/{day.ida_sag}"
    refused = client_of(day, KAREN).post(f"{case}/moeder", {**MEETING, "dag": "2026-12-04"})
    assert refused.status_code == 422
    page = client_of(day, KAREN).get(f"{case}/moeder").text
    assert "Sagen er lukket." in page
    assert "Book mødet" not in page
    assert "Aflys mødet" in page


def test_what_is_begun_and_a_reminder_stand_there(day: Day, url: str) -> None:
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        step = sa.update(sager).where(sager.c.id == day.ida_sag).values(step="afdaekning")
        work.connection.execute(step)
        whom = Whom(employee=KAREN)
        erindringer.add(work, "Ring til skolen", date(2026, 3, 9), whom, day.ida_sag)
    shown = unescape(client_of(day, KAREN).get(url).text)
    assert "Sagen står ved afdækning, som ikke er noteret afsluttet" in shown
    assert "Erindring: Ring til skolen" in shown.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("step", "ends"),
    [
        ("screening", H.SCREENING_AFSLUTTET),
        ("afdaekning", H.AFDAEKNING_AFSLUTTET),
        ("boernefaglig_undersoegelse", H.UNDERSOEGELSE_AFSLUTTET),
    ],
)
def test_a_step_that_is_finished_is_not_said_to_be_left(
    day: Day, url: str, step: str, ends: H
) -> None:
    """The step a case was brought to stays on it, whatever is written and decided since."""
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        stands = sa.update(sager).where(sager.c.id == day.ida_sag).values(step=step)
        work.connection.execute(stands)
        if step == "boernefaglig_undersoegelse":
            work.happened(
                H.UNDERSOEGELSE_BESLUTTET, occurred_at=day.town.now, sag=day.ida_sag,
                data={"undersoegelse": "barnet"},
            )  # fmt: skip
    assert "ikke er noteret afsluttet" in client_of(day, KAREN).get(url).text
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        work.happened(ends, occurred_at=day.town.now, sag=day.ida_sag, data={"udfald": "ingen"})
    assert "ikke er noteret afsluttet" not in client_of(day, KAREN).get(url).text


def test_decisions_that_are_begun_say_what_they_are_about_and_many_are_folded(
    day: Day, url: str
) -> None:
    case = f"/dubu/sag/{day.ida_sag}"
    client = client_of(day, KAREN)
    codes = ["stoette", "undersoegelse", "anbringelse_samtykke", "samvaer", "anbringelsessted"]
    where = [
        client.post(f"{case}/afgoerelser", {"forhold": code}).headers["location"] for code in codes
    ]
    shown = unescape(client.get(url).text).replace("\N{NO-BREAK SPACE}", " ")
    assert "Begyndt og ikke færdigt" in shown
    assert f'<a href="{where[3]}">Afgørelse: Samvær og kontakt (§ 104)</a>' in shown
    assert "er begyndt og ikke færdige" not in shown
    client.post(f"{case}/afgoerelser", {"forhold": "stoetteperson_barn"})
    shown = unescape(client.get(url).text)
    assert "<summary>6 er begyndt og ikke færdige</summary>" in shown
