"""The network as pages: nobody sees a case that is not theirs, and nothing typed is lost."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.netvaerk import Rolle
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.tables import netvaerk as lines
from dubu_plugin.store.tables import personer, read_log
from dubu_plugin.testing.fake_ports import FIE, KAREN, METTE, REVA
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Client, client_of

HIDDEN = "Skjultvej 12, 9999 Prøvestrup"


class Around:
    """Alma's case, and her family as the address book has it."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.sag = day.town.sag(day.alma)
        self.url = f"/dubu/sag/{self.sag}/netvaerk"

    def client(self, who: str = KAREN) -> Client:
        return client_of(self.day, who)

    def text(self, path: str = "", who: str = KAREN) -> str:
        answer = self.client(who).get(self.url + path)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def line(self, role: Rolle) -> Line:
        with self.day.town.product.store.read() as connection:
            found = netvaerk.of_child(connection, self.day.alma)
        return next(one for one in found if one.part.role is role)

    def post(self, role: Rolle, who: str = KAREN, **fields: str) -> Any:
        line = self.line(role)
        form = {"handling": "gem", "version": str(line.version), "rolle": role, **fields}
        return self.client(who).post(f"{self.url}/{line.key}", form)

    def add(self, **fields: str) -> Any:
        form = {"handling": "gem", "navn": "Trine Demosen", "rolle": "laerer", **fields}
        return self.client().post(f"{self.url}/ny", form)

    def custody(self, *have: UUID, **fields: Any) -> Any:
        form = {"version": "0", "har": [str(one) for one in have], "kilde": "cpr",
                "sprog": "Dansk", **fields}  # fmt: skip
        return self.client().post(f"{self.url}/foraeldremyndighed", form)

    def know(self, name: str, **values: Any) -> None:
        with self.day.town.product.store.write(actor="system", now=self.day.town.now) as work:
            named = personer.c.name == name
            work.connection.execute(sa.update(personer).where(named).values(**values))

    def logged(self, why: str) -> list[Any]:
        with self.day.town.product.store.read() as connection:
            query = sa.select(read_log).where(read_log.c.why == why)
            return list(connection.execute(query).all())


@pytest.fixture
def around(day: Day) -> Around:
    return Around(day)


def test_the_page_shows_the_family_in_two_lists_and_in_the_picture(around: Around) -> None:
    text = around.text()
    for name in ("Sanne Testvad", "Michael Prøvesen", "Birthe Prøvesen"):
        assert text.count(name) >= 2, name
    assert "Primært netværk" in text
    assert "Sekundært netværk" in text
    assert "<title>Sanne Testvad, mor, inderst</title>" in text
    assert "Hvem har forældremyndigheden?" in text


def test_a_protected_address_is_nowhere_nor_of_who_lives_there(around: Around) -> None:
    around.know("Sanne Testvad", address=HIDDEN, protected_address=True, phone="20123456")
    around.know("Viggo Prøvesen", address=HIDDEN)
    text = around.text()
    assert "Skjultvej" not in text
    assert "Beskyttet adresse" in text
    assert 'href="tel:20123456"' in text
    assert "Skjultvej" not in around.text(f"/{around.line(Rolle.MOR).key}")


def test_a_protected_address_is_shown_once_to_who_says_why_and_it_is_logged(
    around: Around,
) -> None:
    around.know("Sanne Testvad", address=HIDDEN, protected_address=True)
    at = f"{around.url}/{around.line(Rolle.MOR).key}"
    assert around.client().post(f"{at}/vis-adresse", {"grund": ""}).status_code == 422
    answer = around.client().post(f"{at}/vis-adresse", {"grund": "akut"})
    assert answer.headers["location"] == f"{at}/vist"
    assert "Skjultvej" in around.client().get(f"{at}/vist").text
    assert around.client().get(f"{at}/vist").status_code == 303
    (row,) = around.logged("grund:akut")
    assert row.detail == f"adresse:person:{around.line(Rolle.MOR).who.id}"


def test_one_persons_address_is_not_shown_on_anothers_page(around: Around) -> None:
    around.know("Sanne Testvad", address=HIDDEN, protected_address=True)
    at = f"{around.url}/{around.line(Rolle.MOR).key}"
    around.client().post(f"{at}/vis-adresse", {"grund": "akut"})
    other = f"{around.url}/{around.line(Rolle.FAR).key}"
    assert around.client().get(f"{other}/vist").status_code == 303


def test_a_line_is_saved_and_says_who_can_step_in(around: Around) -> None:
    answer = around.post(Rolle.BEDSTEFORAELDER, kaldes="farmor", kan="ja", med="Henter mandag")
    assert answer.headers["location"] == f"{around.url}?gemt=rettet"
    text = around.text("?gemt=rettet")
    assert "Det er gemt." in text
    assert "Henter mandag" in text
    panel = around.client().get(f"/dubu/sag/{around.sag}").text
    assert "4 personer, 1 kan træde til" in panel


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stands(around: Around) -> None:
    answer = around.post(Rolle.BEDSTEFORAELDER, kan="ja", samvaer="Hver søndag", dag="31.2.2026")
    assert answer.status_code == 422
    assert 'id="f-dag-fejl"' in answer.text
    answer = around.post(Rolle.BEDSTEFORAELDER, kan="ja", samvaer="Hver søndag")
    assert 'id="f-med-fejl"' in answer.text
    assert 'value="Hver søndag"' in answer.text


def test_of_two_editors_the_second_sees_what_stands_and_keeps_what_they_typed(
    around: Around,
) -> None:
    around.post(Rolle.BEDSTEFORAELDER, kaldes="farmor", version="0")
    answer = around.post(Rolle.BEDSTEFORAELDER, samvaer="Hver søndag", version="0")
    assert answer.status_code == 422
    assert "En anden har ændret det imens" in answer.text
    assert 'value="Hver søndag"' in answer.text
    assert "Farmor" in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)
    assert version is not None
    done = around.post(Rolle.BEDSTEFORAELDER, samvaer="Hver søndag", version=version[1])
    assert done.status_code == 303


def test_a_draft_is_there_when_one_comes_back_and_gone_when_it_is_saved(around: Around) -> None:
    key = around.line(Rolle.BEDSTEFORAELDER).key
    client = around.client()
    client.post(f"/dubu/kladde/netvaerk:{key}", {"samvaer": "Hver søndag", "rolle": "slaegt"})
    assert 'value="Hver søndag"' in around.text(f"/{key}")
    around.post(Rolle.BEDSTEFORAELDER)
    key = around.line(Rolle.BEDSTEFORAELDER).key
    assert "Din kladde" not in around.text(f"/{key}")


def test_a_draft_begun_before_another_saved_says_so_when_it_is_opened(around: Around) -> None:
    around.post(Rolle.BEDSTEFORAELDER, kaldes="farmor")
    key = around.line(Rolle.BEDSTEFORAELDER).key
    draft = {"samvaer": "Hver søndag", "rolle": "slaegt", "version": "1"}
    around.client().post(f"/dubu/kladde/netvaerk:{key}", draft)
    told = "En anden har ændret det imens"
    assert told not in around.text(f"/{key}")
    around.post(Rolle.BEDSTEFORAELDER, METTE, kaldes="farmor", ring="3")
    text = around.text(f"/{key}")
    assert told in text
    assert 'value="Hver søndag"' in text


def test_somebody_who_is_not_in_the_address_book_is_added_by_name(around: Around) -> None:
    assert around.add(telefon="40 11 22 33", kaldes="klasselærer").status_code == 303
    text = around.text()
    assert "Trine Demosen" in text
    assert "Klasselærer" in text
    assert 'href="tel:40112233"' in text


def test_somebody_is_found_in_the_address_book_and_added(around: Around) -> None:
    around.day.town.person("Moster Prøvesen", born=date(1984, 3, 4))
    found = around.client().post(f"{around.url}/ny", {"handling": "find", "soeg": "Moster"})
    key = re.search(r'name="person" value="([0-9a-f-]{36})"', found.text)
    assert key is not None, "nobody was found"
    answer = around.add(navn="", person=key[1], rolle="slaegt", soeg="Moster")
    assert answer.status_code == 303
    assert "Moster Prøvesen" in around.text()
    again = around.add(navn="", person=key[1], rolle="slaegt", soeg="Moster")
    assert "i netværket allerede" in again.text


def test_added_without_a_name_or_a_role_it_says_what_to_do(around: Around) -> None:
    answer = around.add(navn="", rolle="")
    assert answer.status_code == 422
    assert "Søg i adressebogen, eller skriv navnet" in answer.text
    assert "Vælg, hvad personen er for barnet" in around.add(rolle="").text
    with around.day.town.product.store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(lines)) == 0


def test_who_leaves_is_kept_below_and_can_be_taken_back(around: Around) -> None:
    around.add()
    line = around.line(Rolle.LAERER)
    url = f"{around.url}/{line.key}"
    form = {"handling": "slut", "version": "1", "slut": "2026-03-01", "hvorfor": "Ny skole"}
    assert around.client().post(url, form).status_code == 303
    text = around.text()
    assert "Ikke i netværket mere (1)" in text
    assert "Ny skole" in text
    assert around.client().post(url, {"handling": "igen", "version": "2"}).status_code == 303
    assert "Trine Demosen" in around.text().split("Ikke i netværket mere")[0]


def test_custody_stands_in_the_header_of_every_page_of_the_case(around: Around) -> None:
    mother, father = around.line(Rolle.MOR).who.id, around.line(Rolle.FAR).who.id
    assert around.custody(mother, father, bor=[str(mother)]).status_code == 303
    for path in ("", "/netvaerk", "/samtykker", "/skrift", "/moeder", "/haendelse", "/frister"):
        text = around.client().get(f"/dubu/sag/{around.sag}{path}").text
        header = text[text.index('aria-label="Barnet"') :].split("</section>")[0]
        assert "Alma Testvad, 9 år" in header, path
        assert "Fælles, bor hos mor" in header, path
        assert "Dansk" in header, path
        assert "031216-••••" in header, path
        assert "4994" not in text, path


def test_where_nobody_has_said_it_the_header_leads_to_the_form(around: Around) -> None:
    text = around.text()
    assert f'href="{around.url}/foraeldremyndighed">Notér</a>' in text
    assert "Forældremyndighed og sprog" in text


def test_custody_that_cannot_be_is_told_and_the_choice_stands(around: Around) -> None:
    mother = around.line(Rolle.MOR).who.id
    answer = around.custody(mother, kilde="", sprog="Somali")
    assert answer.status_code == 422
    assert "Vælg, hvordan vi ved det" in answer.text
    assert 'value="Somali"' in answer.text
    assert re.search(rf'name="har" value="{mother}" id="f-har" checked', answer.text)


def test_siblings_say_which_parent_they_share_and_lead_to_their_case(around: Around) -> None:
    town = around.day.town
    half = town.person("Emma Prøvesen", born=date(2023, 5, 6))
    town.tie(half, around.line(Rolle.FAR).who.id, "far", "barn")
    town.tie(half, town.person("Lone Demosen", born=date(1990, 2, 3)), "mor", "barn")
    viggo = town.sag(around.day.viggo)
    text = around.text()
    assert f'href="/dubu/sag/{viggo}">Viggo Prøvesen' in text
    assert "Samme forældre" in text
    assert "Halvsøskende, fælles far" in text
    back = around.client().get(f"/dubu/sag/{viggo}/netvaerk").text
    assert f'href="/dubu/sag/{around.sag}">Alma Testvad' in back


def test_a_half_sibling_on_a_case_one_may_not_see_is_not_even_named(around: Around) -> None:
    town = around.day.town
    half = town.person("Emma Prøvesen", born=date(2023, 5, 6))
    town.tie(half, around.line(Rolle.FAR).who.id, "far", "barn")
    town.sag(half, responsible=METTE, unit="handicap", protected=True)
    assert "Emma" not in around.text()


def test_the_cases_somebody_is_in_are_those_one_may_see_and_the_look_is_logged(
    around: Around,
) -> None:
    town = around.day.town
    viggo = town.sag(around.day.viggo)
    other = town.person("Emma Skjult", born=date(2023, 5, 6))
    town.tie(other, around.line(Rolle.FAR).who.id, "far", "barn")
    hidden = town.sag(other, responsible=METTE, unit="handicap", protected=True)
    text = around.text(f"/{around.line(Rolle.FAR).key}/sager")
    assert f"/dubu/sag/{viggo}" in text
    assert str(hidden) not in text
    assert "Emma" not in text
    assert re.search(r'id="sager-h">Andre sager <span class="count">1<', text)
    (row,) = around.logged("opslag:sager_med_person")
    assert row.detail == f"person:{around.line(Rolle.FAR).who.id}"


def test_who_may_only_read_gets_no_form_and_cannot_save(around: Around) -> None:
    text = around.text(f"/{around.line(Rolle.MOR).key}", REVA)
    assert "<form" not in text.split('id="indhold"')[1]
    assert around.post(Rolle.MOR, REVA).status_code in (403, 404)


def test_whoever_the_case_is_closed_to_does_not_learn_who_is_around_the_child(
    around: Around,
) -> None:
    answer = around.client(FIE).get(around.url)
    assert answer.status_code in (403, 404)
    assert "Sanne" not in answer.text


def test_a_line_of_another_child_is_not_there(around: Around) -> None:
    stranger = around.day.town.person("Prøve Fremmed", born=date(1980, 2, 3))
    assert around.client().get(f"{around.url}/{stranger}").status_code == 404
    assert around.client().get(f"{around.url}/ikke-en-linje").status_code == 404


def test_the_network_asks_a_dozen_questions_at_most_however_many_there_are(
    around: Around,
) -> None:
    for number in range(8):
        around.add(navn=f"Prøve Nummer{number}")
    said: list[str] = []
    engine = around.day.town.product.store.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    around.text()
    asked = [one for one in said if not one.startswith("PRAGMA")]
    assert len(asked) <= 12, "\n".join(one[:100] for one in asked)


def test_the_header_is_read_with_the_case_in_one_question(around: Around) -> None:
    with around.day.town.product.store.read() as connection:
        head = sag_panel.head(connection, around.sag)
    assert (head.holders, head.homes, head.language) == ((), (), "")


def test_the_consent_form_asks_kindly_who_has_custody(around: Around) -> None:
    asks = "Det er ikke noteret, hvem der har forældremyndigheden"
    samtykker = f"/dubu/sag/{around.sag}/samtykker"
    assert asks in around.client().get(samtykker).text
    around.custody(around.line(Rolle.MOR).who.id)
    text = around.client().get(samtykker).text
    assert asks not in text
    assert "Michael Prøvesen" not in text
