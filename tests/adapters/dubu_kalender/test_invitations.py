"""Invitations through a real mail server, read as the receiver's calendar reads them."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from icalendar import Calendar

from dubu_kalender.choices import Choices
from dubu_kalender.invitations import SmtpInvitations
from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.invitations import Invitation, Method
from dubu_plugin.ports.journal_errors import (
    NotConfigured,
    Rejected,
    Throttled,
    Unanswered,
    Unavailable,
)
from dubu_plugin.ports.journal_objects import Op
from dubu_plugin.testing.mail_server import MailServer

STARTS = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
REQUEST = Invitation(
    method=Method.REQUEST,
    meeting=UUID("7d3f3a52-6a1c-4a8e-9d43-0c1a2b3c4d5e"),
    sequence=2,
    message_id="moede.0c8d5c2e-3f5b-4a52-8f0e-111111111111.2",
    to="kontor@skole.example",
    subject="Indkaldelse til møde 5. marts kl. 10.00",
    text="Prøvestrup Kommune indkalder dig til et møde.\n\nSted: Rådhuset",
    title="Møde med Prøvestrup Kommune",
    starts=STARTS,
    ends=STARTS + timedelta(hours=1),
    place="Rådhuset, lokale 3 – æøå",
    stamp=datetime(2026, 3, 2, 9, 14, tzinfo=UTC),
)


@pytest.fixture
def server() -> Iterator[MailServer]:
    made = MailServer().start()
    yield made
    made.stop()


@pytest.fixture
def chosen(server: MailServer) -> Choices:
    return Choices(
        mail_host="127.0.0.1",
        mail_port=server.port,
        mail_tls=False,
        mail_from="dubu@proevestrup.example",
        patience=2.0,
    )


def op() -> Op:
    return Op(uuid4(), "anne")


def test_a_request_arrives_as_a_calendar_reads_it(server: MailServer, chosen: Choices) -> None:
    SmtpInvitations(chosen).send(REQUEST, op())
    (mail,) = server.parsed()
    assert mail["Subject"] == REQUEST.subject
    assert mail["Message-ID"] == f"<{REQUEST.message_id}@proevestrup.example>"
    assert (mail["From"], mail["To"]) == ("dubu@proevestrup.example", "kontor@skole.example")
    text: Any
    part: Any
    text, part = list(mail.iter_parts())
    assert "Sted: Rådhuset" in text.get_content()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    event: Any = calendar.walk("VEVENT")[0]
    assert str(calendar["METHOD"]) == "REQUEST"
    assert (str(event["UID"]), int(event["SEQUENCE"])) == (str(REQUEST.meeting), 2)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (REQUEST.starts, REQUEST.ends)
    assert str(event["LOCATION"]) == REQUEST.place
    assert str(event["CLASS"]) == "PRIVATE"
    assert str(event["ATTENDEE"]) == "mailto:kontor@skole.example"
    assert str(event["ORGANIZER"]) == "mailto:dubu@proevestrup.example"


def test_what_calls_it_off_says_so(server: MailServer, chosen: Choices) -> None:
    SmtpInvitations(chosen).send(replace(REQUEST, method=Method.CANCEL, sequence=3), op())
    (mail,) = server.parsed()
    part: Any = list(mail.iter_parts())[1]
    event: Any = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]
    assert part.get_param("method") == "CANCEL"
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 3)


@pytest.mark.parametrize(
    ("step", "said", "kind"),
    [
        ("RCPT", "550 No such user", Rejected),
        ("RCPT", "451 Try again", Throttled),
        ("DATA", "554 No", Rejected),
        ("DATA", "452 Full", Throttled),
        ("DATA", "lost", Unanswered),
    ],
)
def test_what_the_server_says_tells_whether_it_may_be_sent_again(
    server: MailServer, chosen: Choices, step: str, said: str, kind: type[AdapterError]
) -> None:
    server.planned[step] = said
    with pytest.raises(kind) as no:
        SmtpInvitations(chosen).send(REQUEST, op())
    assert REQUEST.to not in str(no.value)


def test_a_server_that_is_down_has_taken_nothing(chosen: Choices) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mail = SmtpInvitations(chosen.model_copy(update={"mail_port": port}))
    with pytest.raises(Unavailable):
        mail.send(REQUEST, op())
    assert not mail.health().ok


def test_a_server_that_is_silent_has_taken_nothing(chosen: Choices) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        choices = {"mail_port": silent.getsockname()[1], "patience": 0.2}
        with pytest.raises(Unavailable):
            SmtpInvitations(chosen.model_copy(update=choices)).send(REQUEST, op())


def test_nothing_is_sent_unencrypted_where_encryption_is_chosen(
    server: MailServer, chosen: Choices
) -> None:
    with pytest.raises(NotConfigured):
        SmtpInvitations(chosen.model_copy(update={"mail_tls": True})).send(REQUEST, op())
    assert server.mails == []


def test_a_server_that_is_well_says_so(chosen: Choices) -> None:
    assert SmtpInvitations(chosen).health().ok


def test_whom_it_goes_to_and_where_is_not_printed() -> None:
    for secret in (REQUEST.to, REQUEST.place or "-", REQUEST.subject):
        assert secret not in repr(REQUEST)
