"""A meeting changed in the calendar changes here, once, and nothing goes round."""

from dataclasses import replace

import pytest

from dubu_plugin.domain.moede import Moedelinje, MoedeState
from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.invitations import Method
from dubu_plugin.ports.journal_errors import (
    AuthFailed,
    Conflict,
    Forbidden,
    HostBug,
    NotFound,
    Throttled,
    Unanswered,
    Unavailable,
)
from dubu_plugin.usecases.moede.see_to import Answer, NothingToSee

from .conftest import Office, at


def moved_there(office: Office, moede: object, hours: float, place: str = "Skolen") -> None:
    there = at(hours, place)
    office.calendar.move(moede, there.starts, there.ends, there.place)


def test_moved_in_the_calendar_is_moved_here_and_those_invited_are_told(office: Office) -> None:
    moede = office.booked()
    moved_there(office, moede, 24)
    assert office.pull().changed == 1
    assert office.meeting(moede).when == at(24, "Skolen")
    assert office.meeting(moede).needs == ()
    assert office.happened() == ["moede_aftalt", "moede_flyttet"]
    assert '"kilde":"kalender"' in office.data()[-1]
    office.it.deliver()
    assert [one.starts for one in office.mail.sent if one.sequence == 1] == [at(24).starts] * 2


def test_what_came_from_the_calendar_is_not_sent_back(office: Office) -> None:
    moede = office.booked()
    moved_there(office, moede, 24)
    writes = office.calendar.writes
    for _ in range(3):
        office.pull()
        office.it.deliver()
    assert office.calendar.writes == writes
    assert office.happened().count("moede_flyttet") == 1
    assert len(office.mail.sent) == 4


def test_our_own_change_is_not_taken_for_somebody_elses(office: Office) -> None:
    moede = office.booked()
    office.pull()
    office.move(moede, at(2))
    office.it.deliver()
    assert office.pull().changed == 0
    assert office.happened() == ["moede_aftalt", "moede_flyttet"]


def test_a_change_of_something_else_in_the_calendar_is_no_news(office: Office) -> None:
    moede = office.booked()
    same = at()
    office.calendar.move(moede, same.starts, same.ends, same.place)
    assert office.pull().changed == 0
    office.move(moede, at(3))
    office.it.deliver()
    assert office.calendar.held("anne", moede).starts == at(3).starts
    assert office.meeting(moede).needs == ()


def test_where_both_changed_the_calendars_time_counts_and_a_person_gets_a_line(
    office: Office,
) -> None:
    moede = office.booked()
    office.move(moede, at(1))
    moved_there(office, moede, 5)
    office.it.deliver()
    assert office.meeting(moede).when == at(5, "Skolen")
    assert office.meeting(moede).needs == (Moedelinje.BEGGE_AENDRET,)
    held = office.calendar.held("anne", moede)
    assert (held.starts, held.place) == (at(5).starts, "Skolen")
    assert office.calendar.kept[moede].entry.participants
    assert office.waiting() == []
    assert {one.starts for one in office.mail.sent if one.sequence == 2} == {at(5).starts}


def test_both_changed_to_the_same_is_no_line(office: Office) -> None:
    moede = office.booked()
    office.move(moede, at(1, "Skolen"))
    moved_there(office, moede, 1)
    office.it.deliver()
    assert office.meeting(moede).needs == ()
    assert office.meeting(moede).when == at(1, "Skolen")


def test_deleted_in_the_calendar_is_cancelled_here_with_a_line_and_nobody_is_told(
    office: Office,
) -> None:
    moede = office.booked()
    office.calendar.delete(moede)
    assert office.pull().changed == 1
    assert office.meeting(moede).state is MoedeState.AFLYST
    assert office.meeting(moede).needs == (Moedelinje.SLETTET,)
    office.it.deliver()
    assert [one.method for one in office.mail.sent] == [Method.REQUEST] * 2
    assert office.pull().changed == 0


def test_a_person_says_that_the_deletion_was_meant(office: Office) -> None:
    moede = office.booked()
    office.calendar.delete(moede)
    office.pull()
    office.see_to(moede, Answer.TELL_GUESTS)
    office.it.deliver()
    assert [one.method for one in office.mail.sent[2:]] == [Method.CANCEL] * 2
    assert office.meeting(moede).needs == ()
    with pytest.raises(NothingToSee):
        office.see_to(moede, Answer.TELL_GUESTS)


def test_a_person_puts_back_what_was_deleted_by_mistake(office: Office) -> None:
    moede = office.booked()
    office.calendar.delete(moede)
    office.pull()
    office.see_to(moede, Answer.PUT_BACK)
    office.it.deliver()
    assert office.meeting(moede).is_on
    assert office.calendar.held("anne", moede).starts == at().starts
    assert office.pull().changed == 0
    assert [one.sequence for one in office.mail.sent] == [0, 0, 2, 2]


def test_deleted_there_while_it_was_moved_here_is_cancelled_with_a_line(office: Office) -> None:
    moede = office.booked()
    office.move(moede, at(1))
    office.calendar.delete(moede)
    office.it.deliver()
    assert office.meeting(moede).state is MoedeState.AFLYST
    assert office.meeting(moede).needs == (Moedelinje.SLETTET,)
    assert office.waiting() == []


def test_cancelled_here_is_cancelled_whatever_the_calendar_made_of_it(office: Office) -> None:
    moede = office.booked()
    moved_there(office, moede, 5)
    office.cancel(moede)
    office.it.deliver()
    assert office.pull().changed == 0
    assert office.calendar.kept == {}
    assert office.meeting(moede).needs == ()


def test_a_time_nobody_can_read_is_a_line_and_changes_nothing(office: Office) -> None:
    moede = office.booked()
    kept = office.calendar.kept[moede]
    kept.held = replace(kept.held, version="v-garbage", starts=None, ends=None)
    office.calendar._log.append(moede)
    office.pull()
    assert office.meeting(moede).when == at()
    assert office.meeting(moede).needs == (Moedelinje.ULAESELIG,)
    office.pull()
    office.see_to(moede, Answer.SEEN)
    assert office.pull().changed == 0


def test_a_lost_answer_is_looked_up_and_never_sent_again(office: Office) -> None:
    moede = office.book()
    office.calendar.loses = [Unanswered("fake", "put", "x")]
    office.it.deliver()
    assert office.waiting() == ["put_calendar"]
    office.it.wait(minutes=30)
    office.it.deliver()
    assert (office.calendar.writes, office.waiting()) == (1, [])
    assert office.meeting(moede).calendar_version == office.calendar.held("anne", moede).version
    assert office.pull().changed == 0


def test_a_lost_answer_and_a_move_since_ends_where_the_calendar_is(office: Office) -> None:
    moede = office.book()
    office.calendar.loses = [Unanswered("fake", "put", "x")]
    office.it.deliver()
    moved_there(office, moede, 7)
    office.it.wait(minutes=30)
    office.it.deliver()
    assert office.meeting(moede).when == at(7, "Skolen")
    assert office.meeting(moede).needs == ()


def test_a_lost_answer_and_a_change_of_ours_since_keeps_ours(office: Office) -> None:
    moede = office.book()
    office.calendar.loses = [Unanswered("fake", "put", "x")]
    office.it.deliver()
    office.move(moede, at(4))
    office.it.wait(minutes=30)
    office.it.deliver()
    office.it.deliver()
    assert office.meeting(moede).when == at(4)
    assert office.calendar.held("anne", moede).starts == at(4).starts
    assert office.meeting(moede).needs == ()


@pytest.mark.parametrize(
    "silence",
    [Unavailable("fake", "put"), Throttled("fake", "put", 5), AuthFailed("fake", "put")],
)
def test_a_calendar_that_does_not_answer_is_told_later_and_holds_no_mail_up(
    office: Office, silence: AdapterError
) -> None:
    moede = office.book()
    office.calendar.fails = [silence]
    office.it.deliver()
    assert office.waiting() == ["put_calendar"]
    assert len(office.mail.sent) == 2
    office.it.wait(hours=1)
    office.it.deliver()
    assert office.waiting() == []
    assert office.calendar.held("anne", moede) is not None


@pytest.mark.parametrize(
    "no", [Forbidden("fake", "put"), NotFound("fake", "put"), HostBug("fake", "put")]
)
def test_a_calendar_that_says_no_is_a_line_and_can_be_tried_again(
    office: Office, no: AdapterError
) -> None:
    moede = office.book()
    office.calendar.fails = [no]
    office.it.deliver()
    assert office.waiting() == []
    assert office.meeting(moede).needs == (Moedelinje.KALENDER_NEJ,)
    office.see_to(moede, Answer.TRY_AGAIN)
    office.it.deliver()
    assert office.calendar.held("anne", moede) is not None
    assert office.meeting(moede).needs == ()


def test_a_conflict_that_keeps_coming_ends_with_time_and_not_with_a_loop(office: Office) -> None:
    office.book()
    office.calendar.fails = [Conflict("fake", "put")]
    office.it.deliver()
    assert office.waiting() == ["put_calendar"]
    office.it.wait(hours=1)
    office.it.deliver()
    assert office.waiting() == []


def test_one_silent_server_is_asked_once_a_round_and_nothing_is_lost(office: Office) -> None:
    moede = office.booked()
    moved_there(office, moede, 24)
    office.calendar.fails = [Unavailable("fake", "changes_since")]
    assert office.pull().silent == ["anne"]
    assert office.meeting(moede).when == at()
    assert office.pull().changed == 1


def test_what_has_been_held_is_no_longer_followed(office: Office) -> None:
    moede = office.booked()
    office.it.wait(days=30)
    office.calendar.delete(moede)
    assert office.pull().asked == 0
    assert office.meeting(moede).is_on
