"""A child whose case has no CPR number gets it there, and keeps the case and all that is on it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.persons import Person, Relation, Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import haendelser, outbox
from dubu_plugin.testing.fake_ports import ANDERS, KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.sag import birth

Asking: TypeAlias = Callable[..., Any]
BORN = date(2026, 3, 1)
NUMBER = "010326-4002"
FORM = {"navn": "Sofie Demolund", "foedt": BORN.isoformat(), "cpr": NUMBER}


@dataclass
class Girl:
    """»Pige Demolund«: her case, and her mother."""

    day: Day
    sag: UUID
    mother: UUID

    @property
    def address(self) -> str:
        return f"/dubu/sag/{self.sag}/cpr-nummer"

    @property
    def known(self) -> personer.Known:
        with self.day.town.product.store.read() as connection:
            ours = sager.by_id(connection, self.sag)
            found = personer.by_id(connection, ours.child_id) if ours else None
        assert found is not None
        return found

    def in_the_book(self, name: str = "Sofie Demolund", mother: UUID | None = None) -> None:
        town = self.day.town
        child = Person("nyfoedt", name, Cpr.parse(NUMBER), BORN, address="Prøvevej 3")
        town.persons.people[child.key] = child
        hers = town.persons.people[str(mother or self.mother)]
        town.persons.family[child.key] = [Relation(Tie.MOTHER, hers)]
        town.persons.family.setdefault(hers.key, []).append(Relation(Tie.CHILD, child))

    @property
    def title(self) -> str:
        with self.day.town.product.store.read() as connection:
            ours = sager.by_id(connection, self.sag)
        assert ours is not None
        return ours.title

    def happened(self) -> list[str]:
        query = sa.select(haendelser.c.type).where(haendelser.c.sag_id == self.sag)
        with self.day.town.product.store.read() as connection:
            return list(connection.scalars(query))

    def note(self) -> str:
        """The body of the last note left in the journal."""
        query = sa.select(outbox.c.payload).where(outbox.c.kind == "add_note")
        with self.day.town.product.store.read() as connection:
            rows = connection.scalars(query.order_by(outbox.c.position)).all()
        return str(json.loads(rows[-1])["body"])

    def told(self) -> list[str]:
        query = sa.select(outbox.c.kind, outbox.c.payload)
        with self.day.town.product.store.read() as connection:
            rows = connection.execute(query).all()
        return [row.kind for row in rows if str(self.sag) in str(row.payload)]


@pytest.fixture
def girl(day: Day, asking: Asking) -> Girl:
    due = day.town.now.date() + timedelta(days=7)
    mother = day.town.person("Freja Demolund", born=date(2003, 5, 6), cpr="0605034990")
    child = day.town.person("Ufødt barn af Freja Demolund", due_date=due, mother=mother)
    made = Girl(day, day.town.sag(child), mother)
    form = {"navn": "Pige Demolund", "foedt": BORN.isoformat(), "cpr": ""}
    assert asking(KAREN).post(f"/dubu/sag/{made.sag}/foedsel", form).status_code == 303
    return made


def test_the_head_of_the_case_leads_to_it_while_there_is_none(asking: Asking, girl: Girl) -> None:
    assert f'href="{girl.address}"' in asking(KAREN).get(f"/dubu/sag/{girl.sag}").text
    page = asking(KAREN).get(girl.address).text
    assert 'value="Pige Demolund"' in page
    assert f'value="{BORN.isoformat()}"' in page
    assert asking(ANDERS).get(girl.address).status_code == 404
    assert asking(ANDERS).post(girl.address, FORM).status_code == 404


def test_the_number_and_the_name_are_hers_and_the_case_stays(asking: Asking, girl: Girl) -> None:
    before = girl.known.id
    assert asking(KAREN).post(girl.address, FORM).status_code == 303
    assert (girl.known.id, girl.known.name) == (before, "Sofie Demolund")
    assert girl.known.cpr == Cpr.parse(NUMBER)
    assert girl.known.mother_id == girl.mother
    assert girl.happened().count("cpr_nummer_registreret") == 1
    assert {"add_note", "add_parties"} <= set(girl.told())
    panel = asking(KAREN).get(f"/dubu/sag/{girl.sag}").text
    assert "CPR-nummer og navn registreret" in panel
    assert asking(KAREN).post(girl.address, FORM).status_code == 303
    assert girl.happened().count("cpr_nummer_registreret") == 1, "twice is once"


def test_what_the_address_book_has_counts(asking: Asking, girl: Girl) -> None:
    girl.in_the_book("Sofie Testa Demolund")
    assert asking(KAREN).post(girl.address, FORM).status_code == 303
    known = girl.known
    assert (known.name, known.host_key) == ("Sofie Testa Demolund", "nyfoedt")
    assert known.address == "Prøvevej 3"
    assert "/cpr-nummer" not in asking(KAREN).get(f"/dubu/sag/{girl.sag}").text
    assert asking(KAREN).get(girl.address).status_code == 303
    assert asking(KAREN).post(girl.address, FORM).status_code == 303


def test_a_book_that_does_not_answer_stops_nobody(
    asking: Asking, girl: Girl, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_: object) -> Person:
        raise Unreachable("adressebog", "by_cpr")

    monkeypatch.setattr(girl.day.town.persons, "by_cpr", down)
    assert asking(KAREN).post(girl.address, FORM).status_code == 303
    assert girl.known.cpr == Cpr.parse(NUMBER)


def test_a_day_that_was_noted_wrong_is_put_right_with_it(asking: Asking, girl: Girl) -> None:
    answer = asking(KAREN).post(girl.address, {**FORM, "foedt": "2026-02-28"})
    assert "passer ikke med fødselsdatoen" in answer.text
    right = {**FORM, "foedt": "2026-02-28", "cpr": "280226-4002"}
    assert asking(KAREN).post(girl.address, right).status_code == 303
    assert girl.known.born == date(2026, 2, 28)
    assert girl.happened().count("foedsel_registreret") == 2


def test_a_child_nobody_knew_gets_its_number_too(asking: Asking, day: Day) -> None:
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        child = personer.add(work.connection, name="Ukendt barn (dreng, 5-6 år)", now=work.now)
    girl = Girl(day, day.town.sag(child), child)
    assert 'value="Ukendt' not in asking(KAREN).get(girl.address).text
    form = {"navn": "Storm Demoby", "cpr": "140420-4990", "foedt": ""}
    assert asking(KAREN).post(girl.address, form).status_code == 303
    assert (girl.known.name, girl.known.born) == ("Storm Demoby", date(2020, 4, 14))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"navn": " "}, "Skriv barnets navn"),
        ({"cpr": ""}, "ti cifre"),
        ({"cpr": "12"}, "ti cifre"),
        ({"foedt": "den 1."}, "Skriv den dag"),
        ({"foedt": "2026-03-09", "cpr": "090326-4002"}, "senere end i dag"),
        ({"foedt": "2024-03-01", "cpr": "010324-4002"}, "for langt fra terminen"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    asking: Asking, girl: Girl, wrong: dict[str, str], said: str
) -> None:
    answer = asking(KAREN).post(girl.address, {**FORM, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert girl.known.cpr is None
    assert girl.happened().count("cpr_nummer_registreret") == 0


def test_a_slip_that_makes_it_another_child_is_refused(asking: Asking, girl: Girl) -> None:
    girl.in_the_book("Oskar Prøvehøj")
    assert "helt andet navn" in asking(KAREN).post(girl.address, FORM).text
    other = girl.day.town.person("Lone Demolund", born=date(2001, 5, 6), cpr="0605014990")
    girl.in_the_book(mother=other)
    assert "en anden mor" in asking(KAREN).post(girl.address, FORM).text
    assert girl.known.cpr is None


def test_a_number_with_a_case_of_its_own_is_for_a_person(asking: Asking, girl: Girl) -> None:
    town = girl.day.town
    town.sag(town.person("Sofie Demolund", cpr=NUMBER.replace("-", ""), born=BORN))
    answer = asking(KAREN).post(girl.address, FORM)
    assert (answer.status_code, "sin egen sag" in answer.text) == (422, True)
    assert girl.known.cpr is None


def test_compared_with_the_address_book_she_gets_it_by_herself(girl: Girl) -> None:
    town = girl.day.town
    birth.catch_up(town.product, town.now)
    assert birth.catch_up(town.product, town.now) == 0
    girl.in_the_book()
    assert birth.catch_up(town.product, town.now) == 1
    assert (girl.known.name, girl.known.host_key) == ("Sofie Demolund", "nyfoedt")
    assert birth.catch_up(town.product, town.now) == 0


def test_of_twins_without_a_number_only_a_person_can_say_which(girl: Girl) -> None:
    town = girl.day.town
    twin = town.person("Dreng Demolund", born=BORN, mother=girl.mother)
    town.sag(twin)
    birth.catch_up(town.product, town.now)
    girl.in_the_book()
    assert birth.catch_up(town.product, town.now) == 0
    assert girl.known.cpr is None


# -- what was written wrong ------------------------------------------------------------------------

RIGHT = {**FORM, "cpr": "010326-4005"}


def seen_on(page: str) -> str:
    found = re.search(r'name="set" value="([^"]+)"', page)
    return found[1] if found else ""


def right_now(asking: Asking, girl: Girl) -> dict[str, str]:
    """The right number, sent from a page opened now."""
    return {**RIGHT, "set": seen_on(asking(KAREN).get(girl.address).text)}


def test_a_slip_is_put_right_until_the_address_book_knows_the_number(
    asking: Asking, girl: Girl
) -> None:
    asking(KAREN).post(girl.address, FORM)
    head = asking(KAREN).get(f"/dubu/sag/{girl.sag}").text
    assert f'href="{girl.address}">Ret<' in head
    page = asking(KAREN).get(girl.address).text
    assert "Ret CPR-nummer og navn" in page
    assert "På sagen står nu 010326-" in page
    assert "4002" not in page, "the number is not shown unasked"
    assert asking(KAREN).post(girl.address, right_now(asking, girl)).status_code == 303
    assert girl.known.cpr == Cpr.parse(RIGHT["cpr"])
    assert girl.happened().count("cpr_nummer_registreret") == 2
    assert girl.told().count("add_note") == 2
    assert "Det er det samme barn" in girl.note()
    assert "rettet" in asking(KAREN).get(f"/dubu/sag/{girl.sag}").text


def test_what_the_address_book_knows_is_put_right_there(asking: Asking, girl: Girl) -> None:
    girl.in_the_book()
    asking(KAREN).post(girl.address, FORM)
    answer = asking(KAREN).post(girl.address, RIGHT)
    assert answer.status_code == 409
    assert "rettes det i adressebogen" in answer.text
    assert "010326-4005" in answer.text, "what was typed is given back"
    assert girl.known.cpr == Cpr.parse(NUMBER)


def test_a_number_written_meanwhile_is_said_and_not_written_over(
    asking: Asking, girl: Girl
) -> None:
    asking(KAREN).post(girl.address, FORM)
    answer = asking(KAREN).post(girl.address, RIGHT)
    assert answer.status_code == 422
    assert "efter at du åbnede siden" in answer.text
    assert 'value="010326-4005"' in answer.text
    assert girl.known.cpr == Cpr.parse(NUMBER)
    again = {**RIGHT, "set": seen_on(answer.text)}
    assert asking(KAREN).post(girl.address, again).status_code == 303
    assert girl.known.cpr == Cpr.parse(RIGHT["cpr"])


def test_only_the_name_is_put_right(asking: Asking, girl: Girl) -> None:
    asking(KAREN).post(girl.address, FORM)
    new = {**right_now(asking, girl), "cpr": NUMBER, "navn": "Sofia Demolund"}
    assert asking(KAREN).post(girl.address, new).status_code == 303
    assert (girl.known.name, girl.known.cpr) == ("Sofia Demolund", Cpr.parse(NUMBER))
    assert "Barnets navn er rettet" in girl.note()


def test_a_child_known_only_from_what_we_wrote_can_be_put_right(asking: Asking, girl: Girl) -> None:
    """The host's parties are its address book: it has the slip from us."""
    asking(KAREN).post(girl.address, FORM)
    town = girl.day.town
    ours = Person("fra-os", "Sofie Demolund", Cpr.parse(NUMBER), BORN)
    town.persons.people[ours.key] = ours
    with town.product.store.write(actor="system", now=town.now) as work:
        birth.keep_person(work, ours)
    assert girl.known.host_key == "fra-os"
    assert asking(KAREN).post(girl.address, right_now(asking, girl)).status_code == 303
    assert girl.known.cpr == Cpr.parse(RIGHT["cpr"])
    assert girl.known.host_key is None


def test_a_birth_with_a_number_can_be_put_right_too(asking: Asking, day: Day) -> None:
    due = day.town.now.date() + timedelta(days=7)
    mother = day.town.person("Freja Demolund", born=date(2003, 5, 6), cpr="0605034990")
    child = day.town.person("Ufødt barn af Freja Demolund", due_date=due, mother=mother)
    girl = Girl(day, day.town.sag(child, title="Ufødt barn af Freja Demolund"), mother)
    asking(KAREN).post(f"/dubu/sag/{girl.sag}/foedsel", FORM)
    assert "add_parties" in girl.told()
    assert asking(KAREN).post(girl.address, right_now(asking, girl)).status_code == 303
    assert girl.known.cpr == Cpr.parse(RIGHT["cpr"])


def test_a_slip_that_is_another_childs_number_gives_her_neither_its_name_nor_its_address(
    asking: Asking, girl: Girl
) -> None:
    """Nobody had the number in the book when it was written; then its own child comes."""
    asking(KAREN).post(girl.address, FORM)
    town = girl.day.town
    anton = Person("anton", "Anton Prøvehøj", Cpr.parse(NUMBER), BORN, address="Testgade 9")
    with town.product.store.write(actor="system", now=town.now) as work:
        other = birth.keep_person(work, anton)
    assert other != girl.known.id
    assert (girl.known.name, girl.known.cpr, girl.known.address) == ("Sofie Demolund", None, None)
    assert "er et andet barns" in girl.note()
    head = asking(KAREN).get(f"/dubu/sag/{girl.sag}").text
    assert "Skriv CPR-nummer og navn" in head
    assert "taget af igen" in head
    assert asking(KAREN).post(girl.address, right_now(asking, girl)).status_code == 303
    assert girl.known.cpr == Cpr.parse(RIGHT["cpr"])


# -- what the case is called -----------------------------------------------------------------------


def test_the_case_is_called_by_the_name_the_child_has(asking: Asking, day: Day) -> None:
    due = day.town.now.date() + timedelta(days=7)
    mother = day.town.person("Freja Demolund", born=date(2003, 5, 6), cpr="0605034990")
    child = day.town.person("Ufødt barn af Freja Demolund", due_date=due, mother=mother)
    girl = Girl(day, day.town.sag(child, title="Ufødt barn af Freja Demolund"), mother)
    asking(KAREN).post(
        f"/dubu/sag/{girl.sag}/foedsel", {**FORM, "navn": "Pige Demolund", "cpr": ""}
    )
    assert girl.title == "Pige Demolund"
    asking(KAREN).post(girl.address, FORM)
    assert girl.title == "Sofie Demolund"
    assert girl.told().count("rename_case") == 2
    girl.in_the_book("Sofie Testa Demolund")
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        birth.keep_person(work, day.town.persons.people["nyfoedt"])
    assert girl.title == "Sofie Testa Demolund"


def test_a_title_somebody_gave_the_case_stays(asking: Asking, girl: Girl) -> None:
    asking(KAREN).post(girl.address, FORM)
    assert girl.title == "Særlig støtte"
    assert "rename_case" not in girl.told()
