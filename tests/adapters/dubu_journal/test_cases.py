"""What is the host's own about cases: numbers, the subject list, reminders, calendars."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dubu_journal import calendar, cases, kle, reminders
from dubu_journal.calendar import NewEntry
from dubu_journal.host import Host
from dubu_journal.refusals import BadValue, NotThere
from dubu_journal.reminders import NewReminder

NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def open_case(host: Host, *, now: datetime = NOW, **more: str) -> cases.Case:
    new = replace(cases.NewCase("Test", "anne", subject_code="27.24.00"), **more)  # type: ignore[arg-type]
    with host.database.writing() as connection:
        return cases.get(connection, cases.create(connection, new, "anne", now))


def test_numbers_count_within_subject_facet_and_danish_year(host: Host) -> None:
    assert open_case(host).number == "27.24.00-G01-1-26"
    assert open_case(host).number == "27.24.00-G01-2-26"
    assert open_case(host, facet="K08").number == "27.24.00-K08-1-26"
    assert open_case(host, subject_code="27.00.00").number == "27.00.00-G01-1-26"
    # Half past midnight in Denmark on New Year's night.
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert open_case(host, now=new_year).number == "27.24.00-G01-1-27"


def test_a_number_is_not_used_again_when_a_case_could_not_be_opened(host: Host) -> None:
    def fail() -> None:
        with host.database.writing() as connection:
            new = cases.NewCase("Test", "anne", subject_code="27.24.00")
            cases.create(connection, new, "anne", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert open_case(host).number == "27.24.00-G01-1-26", "nothing happened, so nothing was used"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subject_code": "27.24.99"}, "subject_code"),
        ({"subject_code": "27.24"}, "subject_code"),
        ({"facet": "g1"}, "facet"),
        ({"unit": "vest"}, "unit"),
        ({"responsible": "nobody"}, "responsible"),
        ({"title": "x" * 451}, "title"),
        ({"template": "findes-ikke"}, "template"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(
    host: Host, values: dict[str, str], field: str
) -> None:
    with pytest.raises(BadValue) as refusal:
        open_case(host, **values)  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_a_template_says_what_a_case_is_about(host: Host) -> None:
    with host.database.writing() as connection:
        cases.add_template(connection, cases.Template("hegn", "Hegnssyn", "27.00.00", "K08"))
        made = cases.NewCase("Test", "anne", template="hegn")
        case = cases.get(connection, cases.create(connection, made, "anne", NOW))
    assert (case.subject_code, case.facet) == ("27.00.00", "K08")


def test_the_subject_list_has_what_the_area_uses() -> None:
    assert len(kle.subjects()) == 309
    assert kle.subjects()["27.24.00"]
    assert kle.is_facet(kle.GENERAL)


def test_closing_says_when_and_opening_takes_it_back(host: Host) -> None:
    case = open_case(host)
    with host.database.writing() as connection:
        cases.set_status(connection, case.id, cases.CLOSED, "Flyttet", NOW)
        closed = cases.get(connection, case.id)
        assert (closed.closed, closed.status_comment) == (NOW, "Flyttet")
        cases.set_status(connection, case.id, "aktiv", "", NOW)
        assert cases.get(connection, case.id).closed is None


def test_my_reminders_are_those_that_are_open_and_to_be_seen(host: Host) -> None:
    case = open_case(host)
    today = date(2026, 3, 2)
    with host.database.writing() as connection:
        for key, days, visible in (
            ("senere", 2, None),
            ("nu", 1, today),
            ("ikke endnu", 1, today + timedelta(days=1)),
            ("klaret", 1, None),
        ):
            due = NOW + timedelta(days=days)
            new = NewReminder("Test", due, "anne", key=key, visible_from=visible)
            reminder_id = reminders.put(connection, case.id, new, NOW)
        reminders.complete(connection, reminder_id, by="anne", now=NOW)
        mine = reminders.of_user(connection, "anne", today, limit=9)
        assert [reminder.key for reminder in mine] == ["nu", "senere"]
        assert reminders.of_user(connection, "bo", today, limit=9) == []


def test_a_reminder_set_by_hand_has_no_key(host: Host) -> None:
    case = open_case(host)
    with host.database.writing() as connection:
        for _ in range(2):
            reminders.put(connection, case.id, NewReminder("Ring", NOW, "anne"), NOW)
        assert len(reminders.of_case(connection, case.id)) == 2


def entry(**more: object) -> NewEntry:
    hour = NewEntry("moede-1", "anne", "Test: møde", NOW, NOW + timedelta(hours=1))
    return replace(hour, **more)  # type: ignore[arg-type]


def test_a_calendar_entry_is_changed_by_its_key(host: Host) -> None:
    case = open_case(host)
    later = NOW + timedelta(days=1)
    with host.database.writing() as connection:
        first = calendar.put(connection, entry(case_id=case.id), NOW)
        moved = entry(case_id=case.id, starts=later, ends=later)
        assert calendar.put(connection, moved, NOW) == first
        assert [found.starts for found in calendar.of_case(connection, case.id)] == [later]


def test_a_calendar_shows_what_touches_the_day(host: Host) -> None:
    hour = timedelta(hours=1)
    with host.database.writing() as connection:
        for key, starts, ends in (
            ("før", NOW - 2 * hour, NOW),
            ("ind i", NOW - hour, NOW + hour),
            ("ud af", NOW + 7 * hour, NOW + 9 * hour),
            ("efter", NOW + 8 * hour, NOW + 9 * hour),
        ):
            calendar.put(connection, entry(key=key, starts=starts, ends=ends), NOW)
        shown = calendar.of_user(connection, "anne", NOW, NOW + 8 * hour)
        assert [found.key for found in shown] == ["ind i", "ud af"]
        calendar.cancel(connection, "ind i", NOW)
        found = calendar.by_key(connection, "ind i")
        assert found is not None
        assert found.cancelled


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"owner": "nobody"}, {"ends": NOW - timedelta(minutes=1)}]
)
def test_a_calendar_entry_that_cannot_be_is_refused(host: Host, wrong: dict[str, object]) -> None:
    with host.database.writing() as connection, pytest.raises(BadValue):
        calendar.put(connection, entry(**wrong), NOW)


def test_a_calendar_entry_on_no_case_is_not_there(host: Host) -> None:
    with host.database.writing() as connection, pytest.raises(NotThere):
        calendar.put(connection, entry(case_id=99), NOW)
