"""Finding a child: what is looked up is logged, the family is shown before saving, and one's own
family is left out."""

from datetime import date
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.ports.journal_errors import Unavailable
from dubu_plugin.ports.persons import Person, Relation, Tie
from dubu_plugin.store.tables import personer, read_log
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking, Client

UNKNOWN = "Et barn er set alene ved stationen."


@pytest.fixture
def number(day: Day) -> UUID:
    """An underretning whose child nobody has found."""
    return day.town.underretning(UNKNOWN, received_at=day.town.now, responsible=KAREN)


def stranger(day: Day, name: str, born: date) -> UUID:
    """Put somebody in the address book whom we have not met."""
    key = uuid4()
    day.town.persons.people[str(key)] = Person(str(key), name, None, born)
    return key


@pytest.fixture
def liva(day: Day) -> tuple[UUID, UUID]:
    """Two siblings in the address book, one of whom we know and who has been written about."""
    liva = stranger(day, "Liva Quisttest", date(2021, 3, 4))
    ivan = stranger(day, "Ivan Quisttest", date(1986, 3, 4))
    emil = day.town.person("Emil Quisttest", born=date(2017, 5, 6))
    day.town.underretning("Emil kom uden sko.", child=emil, underretter="2")
    people, family = day.town.persons.people, day.town.persons.family
    family[str(liva)] = [
        Relation(Tie.SIBLING, people[str(emil)]),
        Relation(Tie.FATHER, people[str(ivan)]),
    ]
    return liva, emil


def find(client: Client, number: UUID, text: str, **more: str) -> str:
    form = {"gem": "find_barn", "barn": "andet", "find": text, "version": "1", **more}
    return client.post(f"/dubu/indgang/{number}", data=form).text.replace("\xa0", " ")


def found_key(day: Day, host: UUID) -> str:
    with day.town.product.store.read() as connection:
        query = sa.select(personer.c.id).where(personer.c.host_key == str(host))
        return str(connection.scalar(query))


def ida_of(day: Day) -> UUID:
    with day.town.product.store.read() as connection:
        about = underretninger.by_id(connection, day.ida_underretning)
    assert about is not None
    assert about.child_id is not None
    return about.child_id


@pytest.mark.parametrize("text", ["Liva Quisttest", "Ingen Prøvesen", "031216-4994"])
def test_what_is_looked_up_stands_in_the_log(
    asking: Asking, day: Day, number: UUID, text: str
) -> None:
    find(asking(), number, text)
    with day.town.product.store.read() as connection:
        rows = connection.execute(
            read_log.select().where(read_log.c.subject_kind == "soegning")
        ).all()
    assert [(row.employee, row.detail) for row in rows] == [
        (KAREN, "031216-••••" if text[0] == "0" else text)
    ]


def test_it_stands_in_the_log_also_where_the_address_book_is_away(
    asking: Asking, day: Day, number: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise Unavailable("adressebog", "search")

    monkeypatch.setattr(day.town.persons, "search", away)
    assert "Adressebogen svarer ikke" in find(asking(), number, "Liva Quisttest")
    with day.town.product.store.read() as connection:
        rows = connection.execute(
            read_log.select().where(read_log.c.subject_kind == "soegning")
        ).all()
    assert [row.detail for row in rows] == ["Liva Quisttest"]


def test_ones_own_family_is_not_found(asking: Asking, day: Day, number: UUID) -> None:
    day.town.block(KAREN, day.viggo)
    assert "Viggo Prøvesen, 4 år" not in find(asking(), number, "Viggo Prøvesen")
    assert "Viggo Prøvesen, 4 år" in find(asking("mette"), number, "Viggo Prøvesen")


def test_the_very_name_stands_before_others_with_grown_ups_left_out(
    asking: Asking, day: Day, number: UUID, liva: tuple[UUID, UUID]
) -> None:
    page = find(asking(), number, "Liva Quisttest")
    assert page.index("Liva Quisttest, 4 år") < page.index("Emil Quisttest, 8 år")
    assert "Ivan Quisttest, 39 år" not in page, "a grown-up is no child to choose"


def test_the_one_child_that_was_found_is_chosen_and_its_family_shown(
    asking: Asking, day: Day, number: UUID, liva: tuple[UUID, UUID]
) -> None:
    only = stranger(day, "Otto Zornprøve", date(2020, 1, 2))
    day.town.persons.family[str(only)] = [
        Relation(Tie.SIBLING, day.town.persons.people[str(liva[1])])
    ]
    page = find(asking(), number, "Zornprøve")
    assert "Vælg først, hvilket barn det er" not in page
    assert "søskende, 8 år" in page


def test_choosing_one_of_several_found_fetches_its_family(
    asking: Asking, day: Day, number: UUID, liva: tuple[UUID, UUID]
) -> None:
    stranger(day, "Liva Quistprøve", date(2019, 3, 4))
    client = asking()
    find(client, number, "Liva Quisttest")
    key = found_key(day, liva[0])
    part = client.get(f"/dubu/indgang/{number}/familie?barn={key}").text
    assert "Emil Quisttest" in part
    assert "Emil, 8 år er vurderet samtidig" in part.replace("\xa0", " ")
    nobody_found = asking("mette").get(f"/dubu/indgang/{number}/familie?barn={key}").text
    assert "Vælg først, hvilket barn det er" in nobody_found


def test_the_family_is_shown_by_a_button_where_there_is_no_script(
    asking: Asking, day: Day, number: UUID, liva: tuple[UUID, UUID]
) -> None:
    stranger(day, "Liva Quistprøve", date(2019, 3, 4))
    client = asking()
    find(client, number, "Liva Quisttest")
    key = found_key(day, liva[0])
    form = {"gem": "vis_familie", "barn": key, "fundet": key, "begrundelse": "Ser på det.",
            "version": "1"}  # fmt: skip
    page = client.post(f"/dubu/indgang/{number}", data=form).text
    assert "Emil Quisttest" in page
    assert "Ser på det." in page


def test_the_family_a_child_is_expected_in_is_shown(asking: Asking, day: Day, number: UUID) -> None:
    mother = day.town.person("Freja Zornlund", born=date(1998, 2, 17))
    emil = day.town.person("Emil Zornlund", born=date(2019, 5, 6))
    day.town.tie(emil, mother, "mor", "barn")
    day.town.persons.family[str(mother)] = [Relation(Tie.CHILD, day.town.persons.people[str(emil)])]
    day.town.underretning("Emil kom uden sko.", child=emil, underretter="2")
    client = asking()
    form = {"gem": "find_mor", "barn": "ufoedt", "mor": "Freja Zornlund", "mor_valgt": str(mother),
            "moedre": str(mother), "version": "1"}  # fmt: skip
    page = client.post(f"/dubu/indgang/{number}", data=form).text.replace("\xa0", " ")
    part = client.get(f"/dubu/indgang/{number}/familie?barn=ufoedt&mor_valgt={mother}").text
    for shown in (page, part.replace("\xa0", " ")):
        assert "Emil Zornlund" in shown
        assert "søskende, 6 år" in shown
        assert "Fra skolen" in shown


def test_choosing_a_child_with_support_asks_for_the_second_person_at_once(
    asking: Asking, day: Day
) -> None:
    ida = ida_of(day)
    number = day.town.underretning(
        "Ida græder.", likely={ida: (30, "navn")}, received_at=day.town.now, responsible=KAREN
    )
    client = asking()
    page = client.get(f"/dubu/indgang/{number}").text
    assert "Er barnet i fare nu" in page
    part = client.get(f"/dubu/indgang/{number}/familie?barn={ida}").text
    assert "Hvem deltager uden at have haft sagen?" in part
    assert "Er Ida i fare nu" in part
    assert "vises, når barnet er valgt" not in part
    assert "§ 137 kræver, at en, der ikke har haft sagen, deltager" in part.replace("\xa0", " ")


def test_the_page_shows_by_itself_who_was_found(asking: Asking, day: Day) -> None:
    """What is typed is no part of the answer, so that nothing of it is lost."""
    number = day.town.underretning("Alma græder.", received_at=day.town.now, responsible=KAREN)
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        underretninger.change_quietly(work.connection, number, matched_at=None)
    client = asking()
    asks = f'hx-get="/dubu/indgang/{number}/slaaet-op?gang=1"'
    assert asks in client.get(f"/dubu/indgang/{number}").text
    waiting = client.get(f"/dubu/indgang/{number}/slaaet-op?gang=1").text
    assert "slaaet-op?gang=2" in waiting
    assert "Alma Testvad" not in waiting
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        underretninger.set_candidates(work.connection, number, [(day.alma, 30, "navn")])
        underretninger.change_quietly(
            work.connection, number, matched_at=day.town.now, child_state="foreslaaet"
        )
    found = client.get(f"/dubu/indgang/{number}/slaaet-op?gang=2").text
    assert "Alma Testvad, 9 år" in found.replace("\xa0", " ")
    assert "Vælg barnet på listen" in found
    assert "slaaet-op?gang" not in found, "it has stopped asking"
    assert "begrundelse" not in found
