"""A meeting booked from a case: in the calendar, in the mail, and in the case's history."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.domain.moede import Hvornaar, Invitationsstate, Svar
from dubu_plugin.ports.invitations import Method
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.tables import sager
from dubu_plugin.usecases.moede.sound import Guest, NotOn, NotSound

from .conftest import MOTHER, SCHOOL, TEN, Office, at

SECRETS = ("Alma", "Testvad", "0312164994", "031216", "A.T.")


def test_a_booked_meeting_stands_in_the_calendar_as_initials_with_a_link(office: Office) -> None:
    moede = office.booked()
    entry = office.calendar.kept[moede].entry
    assert entry.title == "Børnesamtale – A.T."
    assert entry.link == f"https://barn.example/dubu/sag/{office.sag}/moeder"
    assert (entry.owner, entry.starts, entry.place) == ("anne", TEN, "Rådhuset")
    assert office.happened() == ["moede_aftalt"]
    assert office.waiting() == []


def test_a_protected_case_shows_not_even_initials_in_the_calendar(office: Office) -> None:
    with office.it.store.write(actor="anne", now=office.it.now) as work:
        work.connection.execute(sa.update(sager).values(protected=True, responsible="anne"))
    moede = office.booked()
    assert office.calendar.kept[moede].entry.title == "Børnesamtale"


def test_an_invitation_says_nothing_of_whom_the_meeting_is_about(office: Office) -> None:
    office.booked()
    assert len(office.mail.sent) == 2
    for one in office.mail.sent:
        assert re.search(r"Tid: .* kl\. \d\d\.\d\d–\d\d\.\d\d\n", one.text), "from and to"
        said = f"{one.subject} {one.text} {one.title} {one.message_id}"
        assert [secret for secret in SECRETS if secret in said] == []
        assert one.method is Method.REQUEST
        assert one.subject == "Indkaldelse til møde 5. marts kl. 10.00"
    assert {one.invitation for one in office.guests(office.mail.sent[0].meeting).values()} == {
        Invitationsstate.SENDT
    }


def test_a_moved_meeting_moves_in_the_calendar_and_those_invited_get_an_update(
    office: Office,
) -> None:
    moede = office.booked()
    office.move(moede, at(24, "Skolen"))
    office.it.deliver()
    assert office.calendar.held("anne", moede).starts == TEN + timedelta(hours=24)
    first, second = (
        [one for one in office.mail.sent if one.sequence == number] for number in (0, 1)
    )
    assert (len(first), len(second)) == (2, 2)
    assert {one.meeting for one in office.mail.sent} == {moede}
    assert second[0].subject == "Mødet er flyttet 6. marts kl. 10.00"
    assert office.happened() == ["moede_aftalt", "moede_flyttet"]


def test_a_moved_meeting_is_answered_anew(office: Office) -> None:
    moede = office.booked()
    office.move(moede, at(1))
    assert {one.answer for one in office.guests(moede).values()} == {Svar.INTET}


def test_a_cancelled_meeting_leaves_the_calendar_and_those_invited_are_told(
    office: Office,
) -> None:
    moede = office.booked()
    office.cancel(moede)
    office.it.deliver()
    assert office.calendar.kept == {}
    cancelled = [one for one in office.mail.sent if one.method is Method.CANCEL]
    assert {(one.to, one.sequence) for one in cancelled} == {(SCHOOL.email, 1), (MOTHER.email, 1)}
    assert office.happened() == ["moede_aftalt", "moede_aflyst"]
    with pytest.raises(NotOn):
        office.cancel(moede)
    with pytest.raises(NotOn):
        office.move(moede, at(2))


def test_what_is_cancelled_before_it_was_told_is_told_to_nobody(office: Office) -> None:
    moede = office.book()
    office.cancel(moede)
    office.it.deliver()
    assert (office.mail.sent, office.calendar.kept, office.waiting()) == ([], {}, [])


def test_many_changes_while_nobody_was_told_are_one_invitation(office: Office) -> None:
    moede = office.book()
    for hours in (1, 2, 3):
        office.move(moede, at(hours))
    office.it.deliver()
    assert [one.starts for one in office.mail.sent] == [at(3).starts] * 2
    assert office.calendar.writes == 1


def test_moved_to_where_it_is_changes_nothing(office: Office) -> None:
    moede = office.booked()
    office.move(moede, at())
    assert office.waiting() == []
    assert office.happened() == ["moede_aftalt"]


def test_with_the_clock_set_back_an_hour_the_newest_change_still_wins(office: Office) -> None:
    moede = office.booked()
    office.move(moede, at(1))
    office.it.deliver()
    office.it.wait(hours=-1)
    office.move(moede, at(2))
    office.it.wait(hours=1)
    office.it.deliver()
    sent = [one for one in office.mail.sent if one.to == SCHOOL.email]
    assert [one.sequence for one in sent] == [0, 1, 2]
    assert [one.stamp for one in sent] == sorted(one.stamp for one in sent)
    assert office.calendar.held("anne", moede).starts == at(2).starts


def test_without_calendar_and_mail_a_meeting_is_booked_all_the_same(office: Office) -> None:
    office.it.ports = replace(office.it.ports, calendar=None, invitations=None)
    moede = office.booked()
    assert office.meeting(moede).is_on
    assert office.waiting() == []
    states = {one.invitation for one in office.guests(moede).values()}
    assert states == {Invitationsstate.INGEN}


@pytest.mark.parametrize(
    ("when", "field"),
    [
        (at(-24 * 7), "fra"),
        (at(24 * 365 * 4), "fra"),
        (at(length=0), "til"),
        (at(length=-1), "til"),
        (at(length=13), "til"),
        (at(place="hos 031216-4994"), "sted"),
        (at(place="x" * 201), "sted"),
    ],
)
def test_a_meeting_that_cannot_be_held_is_not_booked(
    office: Office, when: Hvornaar, field: str
) -> None:
    with pytest.raises(NotSound) as no:
        office.book(when)
    assert list(no.value.fields) == [field]
    assert office.waiting() == []


@pytest.mark.parametrize("place", ["Skolen hos Alma Testvad", "hjemme hos ALMA, fru testvad"])
def test_a_place_that_names_the_child_is_refused(office: Office, place: str) -> None:
    with pytest.raises(NotSound) as no:
        office.book(at(0, place))
    assert list(no.value.fields) == ["sted"]
    moede = office.book(at(0, "Alma-salen"))
    with pytest.raises(NotSound):
        office.move(moede, at(1, place))
    office.move(moede, at(1, "Testvad Skole"))


@pytest.mark.parametrize(
    "email", ["ingen", "a@b", "a b@c.dk", "a@b.dk\nBcc: c@d.dk", "<a@b.dk>", "a@b.dk,c@d.dk"]
)
def test_an_address_that_is_none_is_refused(office: Office, email: str) -> None:
    with pytest.raises(NotSound) as no:
        office.book(guests=[Guest("Test", email)])
    assert list(no.value.fields) == ["deltagere"]


def test_the_same_address_twice_is_one_guest(office: Office) -> None:
    moede = office.book(guests=[SCHOOL, Guest("Kontoret", "KONTOR@skole.example")])
    assert len(office.guests(moede)) == 1


def test_nobody_books_or_moves_on_a_case_that_is_not_theirs(office: Office) -> None:
    moede = office.booked()
    mine = office.sag
    office.anne = Asker("fie", frozenset({Role.FINANCE}), "oekonomi")
    for act in (office.book, lambda: office.move(moede, at(1)), lambda: office.cancel(moede)):
        with pytest.raises(NotYours):
            act()
    office.anne = Asker("anne", frozenset({Role.CASEWORKER}), "boern-nord")
    office.sag = office.it.sag(cpr="2303881990")
    with pytest.raises(NotYours):
        office.move(moede, at(1))
    office.sag = mine
    with pytest.raises(NotYours):
        office.move(uuid4(), at(1))


def test_what_happened_holds_no_name_and_no_place(office: Office) -> None:
    moede = office.booked()
    office.move(moede, at(1, "Hjemme hos mor"))
    office.cancel(moede)
    said = " ".join(office.data())
    for secret in (*SECRETS, "Hjemme", "Rådhuset", "skole.example", "Sanne"):
        assert secret not in said
