"""A calendar server that is down, slow, wrong or full of other people's files."""

import socket
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from dubu_kalender import ical
from dubu_kalender.caldav_port import CalDavCalendar
from dubu_kalender.dav import Dav
from dubu_plugin.errors import AdapterError, OutcomeUnknown, Refused, Unreachable
from dubu_plugin.ports.calendar import Entry
from dubu_plugin.ports.journal_errors import (
    AuthFailed,
    HostBug,
    NotConfigured,
    NotFound,
    Throttled,
    Unanswered,
    Unavailable,
)
from dubu_plugin.ports.journal_objects import Op
from dubu_plugin.testing.radicale_server import OtherClient, RadicaleServer

STARTS = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def entry() -> Entry:
    return Entry(
        key=uuid4(),
        owner="anne",
        title="Børnesamtale – A.T.",
        starts=STARTS,
        ends=STARTS + HOUR,
        place="Rådhuset",
        participants=["skole@proevestrup.example"],
    )


def op() -> Op:
    return Op(uuid4(), "anne")


def test_a_server_that_is_down_did_nothing(entry: Entry) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    calendar = CalDavCalendar(Dav("", "", 1.0), f"http://127.0.0.1:{port}/{{owner}}/")
    for ask in (
        lambda: calendar.put(entry, op(), expected=None),
        lambda: calendar.cancel("anne", entry.key, op()),
        lambda: calendar.held("anne", entry.key),
        lambda: calendar.changes_since("anne", None),
    ):
        with pytest.raises(Unavailable):
            ask()
    assert not calendar.health().ok


def test_a_server_that_takes_the_write_and_says_nothing_leaves_it_unknown(
    caldav: CalDavCalendar, radicale: RadicaleServer, entry: Entry
) -> None:
    first = op()
    radicale.weather.plan("PUT", "lost")
    with pytest.raises(Unanswered) as silence:
        caldav.put(entry, first, expected=None)
    assert silence.value.op_key == str(first.key)
    found = caldav.probe("anne", entry.key, first.key)
    assert found is not None
    assert found.starts == STARTS


def test_a_server_that_never_answers_leaves_a_write_unknown_and_a_question_unanswered(
    caldav: CalDavCalendar, radicale: RadicaleServer, entry: Entry
) -> None:
    radicale.weather.plan("PUT", "silent")
    with pytest.raises(OutcomeUnknown):
        caldav.put(entry, op(), expected=None)
    radicale.weather.release.set()
    assert caldav.held("anne", entry.key) is None
    radicale.weather.release.clear()
    radicale.weather.plan("GET", "silent")
    with pytest.raises(Unavailable):
        caldav.held("anne", entry.key)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("503", Unreachable),
        ("507", Unreachable),
        ("429", Throttled),
        ("423", Unreachable),
        ("401", AuthFailed),
        ("500", OutcomeUnknown),
        ("502", OutcomeUnknown),
        ("504", OutcomeUnknown),
        ("403", Refused),
        ("400", Refused),
        ("413", Refused),
        ("301", NotConfigured),
    ],
)
def test_what_a_write_is_answered_tells_whether_it_may_be_sent_again(
    caldav: CalDavCalendar,
    radicale: RadicaleServer,
    entry: Entry,
    status: str,
    kind: type[AdapterError],
) -> None:
    radicale.weather.plan("PUT", status)
    with pytest.raises(kind) as no:
        caldav.put(entry, op(), expected=None)
    if isinstance(no.value, Throttled):
        assert no.value.after == 7
    assert radicale.weather.asked.count("PUT") == 1


@pytest.mark.parametrize("status", ["500", "502", "503"])
def test_a_question_that_fails_is_only_asked_later(
    caldav: CalDavCalendar, radicale: RadicaleServer, entry: Entry, status: str
) -> None:
    radicale.weather.plan("REPORT", status)
    with pytest.raises(Unavailable):
        caldav.changes_since("anne", None)


def test_a_wrong_password_is_said_as_one(radicale: RadicaleServer, entry: Entry) -> None:
    calendar = CalDavCalendar(Dav("dubu", "forkert", 1.0), radicale.address)
    with pytest.raises(AuthFailed):
        calendar.put(entry, op(), expected=None)
    assert not calendar.health().ok


def test_a_listing_that_is_no_listing_is_refused(
    caldav: CalDavCalendar, radicale: RadicaleServer
) -> None:
    radicale.weather.plan("REPORT", "garbage")
    with pytest.raises(HostBug):
        caldav.changes_since("anne", None)


def test_who_has_no_calendar_is_told_apart_from_a_meeting_that_is_not_there(
    caldav: CalDavCalendar,
) -> None:
    with pytest.raises(NotFound):
        caldav.changes_since("bo", None)


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"hvad?",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n",
    ],
)
def test_garbage_in_place_of_our_meeting_says_nothing(entry: Entry, garbage: bytes) -> None:
    assert ical.read(garbage, entry.key) == ical.NONSENSE


def test_other_peoples_entries_are_neither_read_nor_told(
    caldav: CalDavCalendar, radicale: RadicaleServer, other: OtherClient, entry: Entry
) -> None:
    for number in range(3):
        other.put(uuid4(), _event(f"privat-{number}"), f"privat-{number}.ics")
    caldav.put(entry, op(), expected=None)
    radicale.weather.asked.clear()
    changes = caldav.changes_since("anne", None)
    assert [one.key for one in changes.items] == [entry.key]
    assert radicale.weather.asked.count("GET") == 1


def test_a_meeting_made_into_a_whole_day_has_no_time_any_more(
    caldav: CalDavCalendar, other: OtherClient, entry: Entry
) -> None:
    caldav.put(entry, op(), expected=None)
    whole = _event(str(entry.key)).replace(
        b"DTSTART:20260305T090000Z", b"DTSTART;VALUE=DATE:20260305"
    )
    other.put(entry.key, whole.replace(b"DTEND:20260305T100000Z\r\n", b""))
    held = caldav.held("anne", entry.key)
    assert held is not None
    assert not held.is_readable


def test_a_time_in_another_zone_and_one_without_are_understood(
    caldav: CalDavCalendar, other: OtherClient, entry: Entry
) -> None:
    caldav.put(entry, op(), expected=None)
    floating = _event(str(entry.key)).replace(b"T090000Z", b"T100000")
    other.put(entry.key, floating.replace(b"DTEND:20260305T100000Z", b"DURATION:PT45M"))
    held = caldav.held("anne", entry.key)
    assert held is not None
    assert (held.starts, held.ends) == (STARTS, STARTS + timedelta(minutes=45))


def test_an_entry_marked_cancelled_elsewhere_is_gone_and_can_be_put_again(
    caldav: CalDavCalendar, other: OtherClient, entry: Entry
) -> None:
    caldav.put(entry, op(), expected=None)
    other.put(
        entry.key, _event(str(entry.key)).replace(b"SEQUENCE:0", b"STATUS:CANCELLED\r\nSEQUENCE:0")
    )
    assert caldav.held("anne", entry.key) is None
    caldav.put(entry, op(), expected=None)
    assert caldav.held("anne", entry.key) is not None


def test_a_copy_made_by_another_server_is_not_a_second_meeting(
    caldav: CalDavCalendar, radicale: RadicaleServer, other: OtherClient, entry: Entry
) -> None:
    """Two servers kept alike leave a meeting under two names; ours counts while it is there."""
    version = caldav.put(entry, op(), expected=None)
    copied = other.text(entry.key).encode()
    cursor = caldav.changes_since("anne", None).next
    _copy_on_disk(radicale, copied.replace(b"T090000Z", b"T110000Z"), "kopi.ics")
    changes = caldav.changes_since("anne", cursor)
    assert [(one.key, one.held and one.held.version) for one in changes.items] in (
        [], [(entry.key, version)],
    )  # fmt: skip
    caldav.cancel("anne", entry.key, op())
    assert caldav.held("anne", entry.key) is None


def test_where_only_the_copy_is_left_it_is_the_meeting(
    caldav: CalDavCalendar, other: OtherClient, entry: Entry
) -> None:
    caldav.put(entry, op(), expected=None)
    copied = other.text(entry.key).encode()
    other.delete(entry.key)
    other.put(entry.key, copied, "flyttet.ics")
    held = caldav.held("anne", entry.key)
    assert held is not None
    assert held.version.startswith("flyttet.ics|")
    version = caldav.put(entry, op(), expected=held.version)
    assert version.startswith("flyttet.ics|")
    assert other.names() == ["flyttet.ics"]
    caldav.cancel("anne", entry.key, op())
    assert other.names() == []


def test_what_stands_on_the_server_is_private_and_names_no_child(
    caldav: CalDavCalendar, other: OtherClient, entry: Entry
) -> None:
    caldav.put(entry, op(), expected=None)
    text = other.text(entry.key)
    assert "CLASS:PRIVATE" in text
    assert "SCHEDULE-AGENT=CLIENT" in text.replace("\r\n ", "")


def _event(uid: str) -> bytes:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//DA\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nDTSTAMP:20260302T080000Z\r\nDTSTART:20260305T090000Z\r\n"
        "DTEND:20260305T100000Z\r\nSEQUENCE:0\r\nSUMMARY:Test\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def _copy_on_disk(radicale: RadicaleServer, content: bytes, name: str) -> None:
    (radicale.folder / "samlinger/collection-root/anne/dubu" / name).write_bytes(content)
