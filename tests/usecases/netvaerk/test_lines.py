"""A line of the network: nothing is typed twice, nothing is lost, nobody overwrites another."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.inddragelse import NotWhole
from dubu_plugin.domain.netvaerk import Hjaelp, Kreds, Myndighed, Part, Rolle, usual
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.tables import conflicts, employees, personer, sager
from dubu_plugin.testing.fake_ports import ANDERS, KAREN, METTE
from dubu_plugin.usecases.netvaerk.add_person import Taken, add_person
from dubu_plugin.usecases.netvaerk.end_line import have_back
from dubu_plugin.usecases.netvaerk.look_again import look_again
from dubu_plugin.usecases.netvaerk.on_netvaerk import NetworkChanged
from dubu_plugin.usecases.skrift.on_skrift import CaseClosed

from .family import Family

FARMOR = Part(
    role=Rolle.BEDSTEFORAELDER, called="farmor", circle=Kreds.PRIMAER, ring=1, steps_in=Hjaelp.JA,
    steps_in_with="Henter mandag",
)  # fmt: skip


def test_the_family_the_address_book_knows_is_there_before_anybody_writes(family: Family) -> None:
    assert family.present() == {
        "Sanne Testvad", "Michael Prøvesen", "Birthe Prøvesen", "Viggo Prøvesen",
    }  # fmt: skip
    assert [one.part.role for one in family.lines()][:2] == [Rolle.MOR, Rolle.FAR]


def test_what_is_written_of_somebody_stays_and_the_answer_gets_its_day(family: Family) -> None:
    family.keep(family.granny, FARMOR)
    part = family.line(family.granny).part
    assert (part.title, part.ring, part.circle) == ("Farmor", 1, Kreds.PRIMAER)
    assert part.steps_in_on == family.today
    assert len(family.lines()) == 4, "somebody stands there twice"


def test_of_two_who_write_of_the_same_person_the_second_is_told(family: Family) -> None:
    family.keep(family.granny, FARMOR, seen=0)
    with pytest.raises(NetworkChanged):
        family.keep(family.granny, replace(FARMOR, ring=3), seen=0)
    assert family.line(family.granny).part.ring == 1
    family.keep(family.granny, replace(FARMOR, ring=3), seen=1)
    assert family.line(family.granny).part.ring == 3


def test_what_stood_before_is_kept_with_who_wrote_it(family: Family) -> None:
    line = family.keep(family.granny, FARMOR)
    family.keep(family.granny, replace(FARMOR, ring=3))
    with family.town.product.store.read() as connection:
        editions = netvaerk.editions(connection, line)
    assert [(part.ring, by) for part, _, by in editions] == [(3, KAREN), (1, KAREN)]


def test_saved_again_without_a_change_nothing_new_is_written(family: Family) -> None:
    family.keep(family.granny, FARMOR)
    family.keep(family.granny, replace(FARMOR, steps_in_on=family.today))
    assert family.line(family.granny).version == 1


def test_a_teacher_is_in_by_name_and_telephone_and_can_be_put_right(family: Family) -> None:
    key = family.typed()
    who = family.line(key).who
    assert (who.name, who.phone, who.in_book) == ("Trine Demosen", "40112233", False)
    family.keep(key, usual(Rolle.LAERER), name="Trine Demo", phone="40112234")
    assert family.line(key).who.phone == "40112234"


def test_the_address_books_own_word_of_somebody_is_not_written_over(family: Family) -> None:
    family.keep(family.granny, FARMOR, name="En anden", phone="1")
    assert family.line(family.granny).who.name == "Birthe Prøvesen"
    assert family.line(family.granny).who.phone is None


def test_somebody_without_a_name_or_already_there_is_not_taken_in(family: Family) -> None:
    with pytest.raises(NotWhole) as no:
        family.typed(" ")
    assert set(no.value.fields) == {"navn"}
    for person in (family.granny, family.alma):
        taken = Taken(person=person, part=usual(Rolle.SLAEGT))
        with pytest.raises(NotWhole) as no:
            add_person(family.sag, taken, **family.act())
        assert set(no.value.fields) == {"person"}


def test_who_is_kept_from_a_person_does_not_take_them_in(family: Family) -> None:
    aunt = family.town.person("Tante Prøve", born=date(1980, 2, 3))
    family.town.block(KAREN, aunt, "familie")
    with pytest.raises(NotYours):
        add_person(family.sag, Taken(person=aunt, part=usual(Rolle.SLAEGT)), **family.act())


def test_an_employee_who_is_family_is_kept_from_the_case(family: Family) -> None:
    aunt = family.town.person("Mette Testgaard", born=date(1980, 2, 3))
    with family.town.product.store.write(actor="system", now=family.town.now) as work:
        mine = employees.c.key == METTE
        work.connection.execute(sa.update(employees).where(mine).values(person_key=str(aunt)))
    add_person(family.sag, Taken(person=aunt, part=usual(Rolle.SLAEGT)), **family.act())
    query = sa.select(conflicts.c.employee).where(conflicts.c.person_id == family.alma)
    with family.town.product.store.read() as connection:
        assert connection.scalars(query).all() == [METTE]


def test_who_leaves_is_kept_with_the_day_and_the_reason_and_can_come_back(family: Family) -> None:
    family.keep(family.granny, FARMOR)
    ended = family.end(family.granny, family.today, "Flyttet til Jylland")
    assert "Birthe Prøvesen" not in family.present()
    assert family.line(ended).part.end_reason == "Flyttet til Jylland"
    back = have_back(family.sag, ended, seen=2, **family.act())
    assert back != ended
    assert "Birthe Prøvesen" in family.present()
    assert family.line(ended).part.ended_on == family.today, "what stood there is gone"


def test_who_only_the_address_book_knows_can_leave_too_and_does_not_return(family: Family) -> None:
    family.end(family.granny, family.today)
    assert "Birthe Prøvesen" not in family.present()


def test_nobody_leaves_in_the_time_to_come_or_without_a_reason(family: Family) -> None:
    family.later(1)
    for last, reason, fields in (
        (None, "Flyttet", {"slut"}),
        (date(2026, 6, 13), "Flyttet", {"slut"}),
        (date(2026, 6, 11), " ", {"hvorfor"}),
    ):
        with pytest.raises(NotWhole) as no:
            family.end(family.granny, last, reason)
        assert set(no.value.fields) == fields


def test_who_has_custody_does_not_leave_until_it_is_said_who_has_it_then(family: Family) -> None:
    family.custody(family.mother)
    with pytest.raises(NotWhole) as no:
        family.end(family.mother, family.today)
    assert set(no.value.fields) == {""}
    family.custody(family.father)
    family.end(family.mother, family.today)
    assert family.line(family.mother).part.custody is Myndighed.INGEN


def test_who_has_custody_is_made_nobody_who_cannot_have_it(family: Family) -> None:
    family.custody(family.mother)
    with pytest.raises(NotWhole) as no:
        family.keep(family.mother, usual(Rolle.LAERER))
    assert set(no.value.fields) == {"rolle"}


def test_ten_people_written_of_in_a_day_are_one_line_in_the_stream(family: Family) -> None:
    for number in range(10):
        family.typed(f"Prøve Nummer{number}")
    family.later(1)
    family.typed("Prøve Igen")
    assert [one["hvad"] for one in family.told()] == ["ny", "ny"]


def test_the_haendelse_holds_codes_and_no_name(family: Family) -> None:
    key = family.typed()
    assert family.told() == [{"hvad": "ny", "linje": str(key)}]


def test_whoever_may_not_write_on_the_case_writes_nothing_of_the_network(family: Family) -> None:
    kept = Taken(name="Prøve Person", part=usual(Rolle.VEN))
    with pytest.raises(NotYours):
        add_person(family.sag, kept, **family.act(ANDERS))


def test_a_closed_case_is_not_written_in(family: Family) -> None:
    with family.town.product.store.write(actor="system", now=family.town.now) as work:
        work.connection.execute(sa.update(sager).values(phase="closed"))
    with pytest.raises(CaseClosed):
        family.typed()


def test_asked_again_the_address_book_tells_the_new_number_and_protection(family: Family) -> None:
    known = family.town.persons.people[str(family.granny)]
    family.town.persons.people[str(family.granny)] = replace(
        known, phone="21222324", protected_address=True
    )
    assert look_again(family.sag, family.granny, **family.act())
    who = family.line(family.granny).who
    assert (who.phone, who.protected_address) == ("21222324", True)


def test_where_the_address_book_is_silent_what_it_told_last_stands(family: Family) -> None:
    del family.town.persons.people[str(family.granny)]
    assert not look_again(family.sag, family.granny, **family.act())
    query = sa.select(personer.c.name).where(personer.c.id == family.granny)
    with family.town.product.store.read() as connection:
        assert connection.scalar(query) == "Birthe Prøvesen"
