"""On the page of a case's deadlines a reason is given, a wait kept, a start put right."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.tables import frister
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.testing.rules import book, rule
from dubu_plugin.usecases.frist.tell_time import tell_time
from tests.web.conftest import Client, client_of

BFU = rule("BFU-4M", title="Undersøgelse", length="4 months")


class Desk:
    """A case with a missed deadline, seen by whoever logs in."""

    def __init__(self, day: Day) -> None:
        self.day, self.town = day, day.town
        town = day.town
        town.product.store.rules = book(BFU)
        child = town.person("Alma Testvad")
        self.sag = town.sag(child)
        town.happened(H.INDSATS_IVAERKSAT, sag=self.sag, person=child)
        self.url = f"/dubu/sag/{self.sag}/frister"

    def late(self) -> None:
        self.town.now += timedelta(days=130)
        tell_time(self.town.product, self.town.now)

    def client(self, who: str = KAREN) -> Client:
        return client_of(self.day, who)

    def row(self) -> Any:
        with self.town.product.store.read() as connection:
            return connection.execute(
                sa.select(frister).where(frister.c.rule == "BFU-4M", frister.c.state == "aaben")
            ).one()

    def send(self, what: str, who: str = KAREN, **said: str) -> Any:
        form = {"hvad": what, "frist": str(self.row().id), **said}
        return self.client(who).post(self.url, form)


@pytest.fixture
def desk(day: Day) -> Desk:
    return Desk(day)


def test_a_missed_deadline_asks_why_and_the_answer_stands(desk: Desk) -> None:
    assert "skriv hvorfor" not in desk.client().get(desk.url).text
    desk.late()
    assert "Fristen er overskredet: skriv hvorfor" in desk.client().get(desk.url).text
    answer = desk.send("begrund", grund="Barnet var indlagt.")
    assert (answer.status_code, desk.row().exceeded_reason) == (303, "Barnet var indlagt.")
    assert answer.headers["location"].startswith(desk.url)
    assert "Barnet var indlagt." in desk.client().get(desk.url).text


def test_an_empty_reason_is_asked_for_again(desk: Desk) -> None:
    desk.late()
    answer = desk.send("begrund", grund=" ")
    assert answer.status_code == 422
    assert "Skriv hvorfor." in answer.text


def test_a_wait_shows_the_forecast_and_ends(desk: Desk) -> None:
    late = "2099-01-01"
    assert desk.send("vent", paa="skoleudtalelse", hos="Skolen", ventes=late).status_code == 303
    shown = desk.client().get(desk.url).text
    assert "Du når ikke de 4 måneder: en skoleudtalelse mangler." in shown
    wait = shown.split('name="vente" value="')[1][:36]
    assert desk.send("kommet", vente=wait).status_code == 303
    assert "Du når ikke" not in desk.client().get(desk.url).text


@pytest.mark.parametrize(
    ("what", "said", "sentence"),
    [
        ("vent", {}, "Vælg, hvad der ventes på."),
        ("vent", {"paa": "laege", "ventes": "i morgen"}, "Skriv en rigtig dato"),
        ("start", {"dag": "2026-02-30", "kl": "10.00", "grund": "x"}, "Skriv en rigtig dato"),
        (
            "start",
            {"dag": "2026-01-05", "kl": "10.00", "grund": "", "vist": "2026-01-05 10.00"},
            "Skriv hvorfor.",
        ),
        ("start", {"dag": "2999-01-05", "kl": "10.00", "grund": "x"}, "senere end nu"),
        ("bortfald", {"grund": "x"}, "Loven gælder stadig"),
    ],
)
def test_a_slip_says_what_to_do_and_keeps_what_was_typed(
    desk: Desk, what: str, said: dict[str, str], sentence: str
) -> None:
    answer = desk.send(what, **said)
    assert answer.status_code == 422
    assert sentence in answer.text
    for value in said.values():
        assert what == "bortfald" or value in answer.text


def test_a_corrected_start_shows_what_it_was(desk: Desk) -> None:
    before = desk.row()
    said = {"dag": "2026-01-05", "kl": "9.30", "grund": "Skrevet forkert."}
    first = desk.send("start", **said)
    assert (first.status_code, desk.row().id) == (200, before.id), "it is shown before it is kept"
    assert "Gem den nye dato" in first.text
    assert "Gem den nye dato" in desk.send("start", **said, vist="2026-01-04 9.30").text
    assert desk.row().id == before.id, "what was shown is not what is typed now"
    assert desk.send("start", **said, vist="2026-01-05 9.30").status_code == 303
    assert desk.row().replaces == before.id
    shown = desk.client().get(desk.url).text
    assert "Før: Senest" in shown
    assert "2026 2026" not in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "Skrevet forkert." in shown


def test_an_unknown_act_or_deadline_is_not_there(desk: Desk) -> None:
    assert desk.send("andet").status_code == 404
    nobody = {"hvad": "begrund", "frist": "x", "grund": "x"}
    assert desk.client().post(desk.url, nobody).status_code == 404
    other = {"hvad": "begrund", "frist": str(UUID(int=7)), "grund": "x"}
    assert desk.client().post(desk.url, other).status_code == 404


def test_somebody_of_another_unit_sees_nothing(desk: Desk) -> None:
    assert desk.client(ANDERS).get(desk.url).status_code == 404
    assert desk.send("begrund", ANDERS, grund="x").status_code == 404


def test_a_leader_sees_what_nobody_has_explained(desk: Desk) -> None:
    desk.late()
    page = "/dubu/frister/uden-grund"
    for who in (HENRIK, KAREN):
        assert desk.url in desk.client(who).get(page).text
    assert desk.url not in desk.client(ANDERS).get(page).text
    desk.send("begrund", grund="Barnet var indlagt.")
    assert desk.url not in desk.client(HENRIK).get(page).text


def test_the_panel_leads_to_the_deadlines(desk: Desk) -> None:
    assert desk.url in desk.client().get(f"/dubu/sag/{desk.sag}").text
