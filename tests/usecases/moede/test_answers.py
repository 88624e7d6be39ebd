"""What comes back by mail: answers, once each, and invitations nobody could deliver."""

import base64
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.intake import PostState, Status
from dubu_plugin.domain.moede import Invitationsstate, Moedelinje, Svar
from dubu_plugin.errors import AdapterError
from dubu_plugin.intake.answers import read_answer
from dubu_plugin.ports.journal_errors import Rejected, Throttled, Unanswered
from dubu_plugin.ports.post import Channel
from dubu_plugin.store.tables import post_deliveries, post_items, underretninger
from dubu_plugin.usecases.moede.see_to import Answer
from dubu_plugin.usecases.underretning.receive import Incoming, Receipt, receive

from .conftest import SCHOOL, Office, at

ADDRESS = "kontor@skole.example"


def reply(
    moede: UUID,
    partstat: str = "ACCEPTED",
    *,
    method: str = "REPLY",
    sequence: int = 0,
    stamp: str = "20260302T120000Z",
    address: str = ADDRESS,
    message_id: str = "svar-1@skole.example",
) -> bytes:
    content = (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//DA\r\nMETHOD:{method}\r\n"
        f"BEGIN:VEVENT\r\nUID:{moede}\r\nDTSTAMP:{stamp}\r\nDTSTART:20260305T090000Z\r\n"
        f"SEQUENCE:{sequence}\r\nATTENDEE;PARTSTAT={partstat}:mailto:{address}\r\n"
        "ORGANIZER:mailto:dubu@proevestrup.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = address, "dubu@proevestrup.example"
    mail["Subject"], mail["Message-ID"] = "Accepteret: Møde", f"<{message_id}>"
    mail["Date"] = "Mon, 02 Mar 2026 13:00:00 +0100"
    mail.set_content("Ja tak")
    mail.add_alternative(
        content.encode(),
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"method": method},
    )
    return mail.as_bytes()


def bounce(message_id: str, action: str = "failed") -> bytes:
    return (
        "From: MAILER-DAEMON@mail.example\r\nTo: dubu@proevestrup.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <retur-1@mail.example>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/plain\r\n\r\nDen kunne ikke leveres.\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mail.example\r\n\r\n"
        f"Final-Recipient: rfc822; {ADDRESS}\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "--x\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: <{message_id}@proevestrup.example>\r\nSubject: Indkaldelse\r\n--x--\r\n"
    ).encode()


def came(office: Office, raw: bytes, key: str | None = "post-1") -> Receipt:
    item = Incoming(raw, "mail.eml", Channel.EMAIL, office.it.now, key)
    return receive(item, product=office.it, actor="system", now=office.it.now)


def answers(office: Office, moede: UUID) -> Svar:
    return office.guests(moede)[SCHOOL.name].answer


def count(office: Office, table: sa.Table) -> int:
    with office.it.store.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


@pytest.mark.parametrize(
    ("said", "kept"), [("ACCEPTED", Svar.JA), ("DECLINED", Svar.NEJ), ("TENTATIVE", Svar.MAASKE)]
)
def test_an_answer_is_kept_and_is_no_underretning(office: Office, said: str, kept: Svar) -> None:
    moede = office.booked()
    receipt = came(office, reply(moede, said))
    assert receipt.status is Status.REGISTERED
    assert answers(office, moede) is kept
    assert count(office, underretninger) == 0
    with office.it.store.read() as connection:
        (post,) = connection.execute(sa.select(post_items)).all()
    assert post.state == PostState.OTHER
    assert count(office, post_deliveries) == 1
    assert office.happened() == ["moede_aftalt", "moede_besvaret"]


def test_the_same_mail_twice_is_one_answer(office: Office) -> None:
    moede = office.booked()
    came(office, reply(moede))
    assert came(office, reply(moede), "post-2").status is Status.DUPLICATE
    assert office.happened() == ["moede_aftalt", "moede_besvaret"]


def test_the_same_answer_in_two_mails_is_one_answer(office: Office) -> None:
    moede = office.booked()
    came(office, reply(moede))
    came(office, reply(moede, message_id="svar-2@skole.example"), "post-2")
    assert office.happened() == ["moede_aftalt", "moede_besvaret"]


def test_an_older_answer_that_comes_late_does_not_undo_a_newer(office: Office) -> None:
    moede = office.booked()
    came(office, reply(moede, "DECLINED", stamp="20260302T130000Z", message_id="b@x"))
    came(office, reply(moede, "ACCEPTED", stamp="20260302T120000Z", message_id="a@x"), "post-2")
    assert answers(office, moede) is Svar.NEJ


def test_somebody_changes_their_mind(office: Office) -> None:
    moede = office.booked()
    came(office, reply(moede, "ACCEPTED", message_id="a@x"))
    came(office, reply(moede, "DECLINED", stamp="20260302T130000Z", message_id="b@x"), "post-2")
    assert answers(office, moede) is Svar.NEJ
    assert office.happened().count("moede_besvaret") == 2


def test_a_yes_to_the_time_before_the_meeting_moved_is_no_yes(office: Office) -> None:
    moede = office.booked()
    office.move(moede, at(24))
    came(office, reply(moede, sequence=0))
    assert answers(office, moede) is Svar.INTET
    came(office, reply(moede, sequence=1, message_id="b@x"), "post-2")
    assert answers(office, moede) is Svar.JA


def test_another_time_proposed_is_a_line_for_a_person(office: Office) -> None:
    moede = office.booked()
    came(office, reply(moede, "TENTATIVE", method="COUNTER"))
    assert answers(office, moede) is Svar.ANDET_TIDSPUNKT
    assert office.meeting(moede).needs == (Moedelinje.ANDET_TIDSPUNKT,)
    office.see_to(moede, Answer.SEEN)
    assert office.meeting(moede).needs == ()


@pytest.mark.parametrize("address", ["en.anden@skole.example", "kontor@skole.example.evil.example"])
def test_an_answer_from_nobody_we_invited_is_a_line_on_the_meeting_and_no_underretning(
    office: Office, address: str
) -> None:
    moede = office.booked()
    came(office, reply(moede, address=address))
    assert answers(office, moede) is Svar.INTET
    assert office.meeting(moede).needs == (Moedelinje.SVAR_FRA_ANDEN,)
    assert (count(office, post_items), count(office, underretninger)) == (1, 0)
    assert office.happened() == ["moede_aftalt"]


def test_an_answer_to_a_meeting_of_others_is_post_for_a_person(office: Office) -> None:
    office.booked()
    came(office, reply(uuid4()))
    assert count(office, post_items) == 1
    assert office.happened() == ["moede_aftalt"]


def test_an_invitation_that_came_back_is_a_line_for_a_person(office: Office) -> None:
    moede = office.booked()
    (sent,) = [one for one in office.mail.sent if one.to == ADDRESS]
    assert came(office, bounce(sent.message_id)).status is Status.REGISTERED
    assert office.guests(moede)[SCHOOL.name].invitation is Invitationsstate.RETUR
    assert office.meeting(moede).needs == (Moedelinje.MAIL_RETUR,)
    assert count(office, underretninger) == 0


def test_a_mail_that_is_only_late_has_not_come_back(office: Office) -> None:
    moede = office.booked()
    (sent,) = [one for one in office.mail.sent if one.to == ADDRESS]
    came(office, bounce(sent.message_id, action="delayed"))
    assert office.guests(moede)[SCHOOL.name].invitation is Invitationsstate.SENDT
    assert office.meeting(moede).needs == ()


def test_an_address_the_server_refuses_is_a_line_for_a_person(office: Office) -> None:
    moede = office.book(guests=[SCHOOL])
    office.mail.fails = [Rejected("fake", "send", "550")]
    office.it.deliver()
    assert office.guests(moede)[SCHOOL.name].invitation is Invitationsstate.RETUR
    assert office.meeting(moede).needs == (Moedelinje.MAIL_RETUR,)
    assert office.waiting() == []


def test_a_mail_whose_receipt_was_lost_is_never_sent_again(office: Office) -> None:
    moede = office.book(guests=[SCHOOL])
    office.mail.fails = [Unanswered("fake", "send", "x")]
    for _ in range(3):
        office.it.deliver()
        office.it.wait(hours=1)
    assert office.mail.sent == []
    assert office.guests(moede)[SCHOOL.name].invitation is Invitationsstate.USIKKER
    assert office.meeting(moede).needs == (Moedelinje.MAIL_USIKKER,)
    office.cancel(moede)
    office.it.deliver()
    assert len(office.mail.sent) == 1


def test_a_mail_server_that_asks_us_to_wait_gets_it_later(office: Office) -> None:
    moede = office.book(guests=[SCHOOL])
    busy: AdapterError = Throttled("fake", "send")
    office.mail.fails = [busy]
    office.it.deliver()
    assert office.waiting() == ["send_invitation"]
    office.it.wait(hours=1)
    office.it.deliver()
    assert office.guests(moede)[SCHOOL.name].invitation is Invitationsstate.SENDT


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"text/calendar",
        b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n",
        reply(UUID(int=0)).replace(base64.b64encode(b"BEGIN:")[:6], b"??????"),
        reply(uuid4(), "NEEDS-ACTION"),
        reply(uuid4(), method="REQUEST"),
        reply(uuid4()) + b"x" * 600_000,
        bounce("hvad-som-helst"),
    ],
)
def test_what_is_not_exactly_an_answer_is_none(raw: bytes) -> None:
    assert read_answer(raw) is None


def test_the_reply_of_an_hour_that_comes_twice_is_ordered_by_its_own_clock(office: Office) -> None:
    moede = office.booked()
    office.it.wait(hours=-1)
    came(office, reply(moede, "ACCEPTED", stamp="20260302T120000Z", message_id="a@x"))
    office.it.now -= timedelta(hours=1)
    came(office, reply(moede, "DECLINED", stamp="20260302T121500Z", message_id="b@x"), "post-2")
    assert answers(office, moede) is Svar.NEJ
