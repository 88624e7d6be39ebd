"""A mail that is answered 250 is on the disk; every other answer says what the sender must do."""

import threading
from collections.abc import Callable
from typing import BinaryIO

import pytest

from dubu_journal.host import Host
from dubu_journal.post import smtp
from dubu_journal.post.arrivals import Arrivals
from dubu_journal.post.listener import Listener, Port
from dubu_journal.post.smtp import MailRoom
from dubu_journal.refusals import DiskFull
from dubu_plugin.errors import ConfigurationError

from .conftest import LARGEST, Listen, Open, Stored

MAIL = (
    "From: =?utf-8?q?Pr=C3=B8vestrup_Skole?= <skole@skole.example>\r\n"
    "Subject: =?utf-8?q?Underretning_=C3=A6=C3=B8=C3=A5?=\r\n"
    "\r\n"
    "Brødtekst 😀\r\n"
).encode()


def test_a_mail_is_stored_exactly_as_it_came(open_: Open, stored: Stored, host: Host) -> None:
    talk = open_()
    talk.begin()
    assert talk.say(MAIL, b".\r\n") == smtp.STORED
    (item,) = stored()
    with host.files.open(item.sha256) as content:
        assert content.read() == MAIL
    assert (item.subject, item.channel) == ("Underretning æøå", "e-mail")
    assert item.sender == "Prøvestrup Skole <skole@skole.example>"


def test_the_server_says_what_it_can(open_: Open) -> None:
    talk = open_()
    talk.answer()
    can = talk.say("EHLO test")
    for word in (f"SIZE {LARGEST}", "8BITMIME", "SMTPUTF8"):
        assert word in can
    assert "AUTH" not in can


def test_an_address_with_danish_letters_is_taken(open_: Open, stored: Stored) -> None:
    talk = open_()
    talk.answer()
    talk.say("EHLO test")
    assert talk.say("MAIL FROM:<søren@skole.example> SMTPUTF8 BODY=8BITMIME").startswith("250")
    assert talk.say("RCPT TO:<børn@proevestrup.example>").startswith("250")
    talk.say("DATA")
    assert talk.say(b"Subject: x\r\n\r\nhej\r\n.\r\n") == smtp.STORED
    assert stored()[0].sender == "søren@skole.example"


def test_a_bounce_has_no_sender(open_: Open, stored: Stored) -> None:
    talk = open_()
    talk.answer()
    talk.say("EHLO test")
    assert talk.say("MAIL FROM:<>").startswith("250")
    talk.say("RCPT TO:<a@b.example>")
    talk.say("DATA")
    assert talk.say(b"Subject: retur\r\n\r\n.\r\n") == smtp.STORED
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"..\r\n", b".\r\n"),
        (b"...skjult\r\n", b"..skjult\r\n"),
        (b"a\n.\r\nb\r\n", b"a\n.\r\nb\r\n"),
        (b"a\n.\nb\r\n", b"a\n.\nb\r\n"),
        (b"a\r.\rb\r\n", b"a\r.\rb\r\n"),
        (b"x" * 5000 + b"\r\n", b"x" * 5000 + b"\r\n"),
        (b"x" * 1000 + b"\r\n..\r\n", b"x" * 1000 + b"\r\n.\r\n"),
        (
            b"x" * 999 + b"\r\n.." + b"y" * 1001 + b"\r\n",
            b"x" * 999 + b"\r\n." + b"y" * 1001 + b"\r\n",
        ),
        (b"\xff\xfe\0\x80\r\n", b"\xff\xfe\0\x80\r\n"),
        (b"\r\n", b"\r\n"),
    ],
    ids=range(10),
)
def test_only_a_lone_dot_between_crlf_ends_a_mail(
    sent: bytes, kept: bytes, open_: Open, stored: Stored, host: Host
) -> None:
    talk = open_()
    talk.begin()
    assert talk.say(sent + b".\r\n") == smtp.STORED
    (item,) = stored()
    with host.files.open(item.sha256) as content:
        assert content.read() == kept


def test_a_mail_sent_again_is_the_same_item(open_: Open, stored: Stored) -> None:
    for _ in range(2):
        talk = open_()
        talk.begin()
        assert talk.say(MAIL, b".\r\n") == smtp.STORED
    assert len(stored()) == 1


def test_a_mail_that_is_too_large_is_refused_before_it_is_sent(open_: Open, stored: Stored) -> None:
    talk = open_()
    talk.answer()
    talk.say("EHLO test")
    assert talk.say(f"MAIL FROM:<a@b.example> SIZE={LARGEST + 1}").startswith("552")
    assert stored() == []


def test_a_mail_that_grows_too_large_is_refused_and_the_next_one_taken(
    open_: Open, stored: Stored
) -> None:
    talk = open_()
    talk.begin()
    for _ in range(LARGEST // 10_000 + 1):
        talk.line.sendall(b"x" * 9_998 + b"\r\n")
    assert talk.say(b".\r\n") == smtp.TOO_LARGE
    assert stored() == []
    talk.say("RSET")
    assert talk.say("MAIL FROM:<a@b.example>").startswith("250")
    talk.say("RCPT TO:<a@b.example>")
    talk.say("DATA")
    assert talk.say(MAIL, b".\r\n") == smtp.STORED


def test_a_line_without_end_fills_no_memory(open_: Open, stored: Stored) -> None:
    talk = open_()
    talk.begin()
    for _ in range(40):
        talk.line.sendall(b"x" * 100_000)
    assert talk.say(b"\r\n.\r\n") == smtp.TOO_LARGE
    assert stored() == []


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (DiskFull(), smtp.NO_ROOM),
        (OSError(5, "x"), smtp.NOT_STORED),
        (ValueError(), smtp.NOT_STORED),
    ],
)
def test_what_could_not_be_stored_is_to_be_sent_again(
    fault: Exception, answer: str, listen: Listen
) -> None:
    def fail(raw: BinaryIO, sender: str | None) -> None:
        raise fault

    talk = listen(fail)()
    talk.begin()
    assert talk.say(MAIL, b".\r\n") == answer
    assert answer.startswith("4")


def test_a_disk_that_fills_up_while_the_mail_comes_is_not_the_mails_fault(
    open_: Open, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "_written", lambda message, line: smtp.NO_ROOM)
    talk = open_()
    talk.begin()
    assert talk.say(MAIL, b".\r\n") == smtp.NO_ROOM
    assert stored() == []


def test_the_answer_waits_for_the_disk(listen: Listen) -> None:
    on_the_disk = threading.Event()
    talk = listen(lambda raw, sender: on_the_disk.wait(30))()
    talk.begin()
    talk.line.sendall(MAIL + b".\r\n")
    talk.line.settimeout(0.2)
    with pytest.raises(TimeoutError):
        talk.line.recv(1)
    talk.line.settimeout(30)
    on_the_disk.set()
    assert talk.answer() == smtp.STORED


def test_a_sender_who_hangs_up_is_not_answered_and_nobody_else_notices(
    open_: Open, stored: Stored
) -> None:
    gone = open_()
    gone.begin()
    gone.line.sendall(MAIL[:40])
    gone.line.close()
    talk = open_()
    talk.begin()
    assert talk.say(MAIL, b".\r\n") == smtp.STORED
    assert len(stored()) == 1


def test_lmtp_answers_for_every_recipient(open_: Open, stored: Stored) -> None:
    talk = open_(local=True)
    talk.answer()
    assert talk.say("EHLO test").startswith("500")
    assert talk.say("LHLO test").startswith("250")
    talk.say("MAIL FROM:<a@b.example>")
    talk.say("RCPT TO:<a@b.example>")
    talk.say("RCPT TO:<c@d.example>")
    talk.say("DATA")
    assert talk.say(MAIL, b".\r\n") == smtp.STORED
    assert talk.answer() == smtp.STORED
    assert len(stored()) == 1


def test_nobody_gives_more_recipients_than_a_person_would(open_: Open) -> None:
    talk = open_()
    talk.answer()
    talk.say("EHLO test")
    talk.say("MAIL FROM:<a@b.example>")
    answers = [talk.say(f"RCPT TO:<a{n}@b.example>") for n in range(smtp.RECIPIENTS + 1)]
    assert answers[-2].startswith("250")
    assert answers[-1] == smtp.TOO_MANY


def test_one_connection_too_many_is_asked_to_come_back(
    open_: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "CONNECTIONS", 2)
    first, second = open_(), open_()
    assert first.answer().startswith("220")
    assert second.answer().startswith("220")
    assert open_().answer().startswith("421")
    first.say("QUIT")
    assert _until(lambda: open_().answer().startswith("220"))


def test_the_log_names_nobody(
    arrivals: Arrivals, listen: Listen, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    talk = listen(arrivals.mail)()
    talk.begin()
    talk.say(MAIL, b".\r\n")
    talk.say("HVEM <skole@skole.example>")
    assert "skole" not in caplog.text


def test_a_port_somebody_has_is_told_in_words() -> None:
    taken = Listener(MailRoom(print, largest=1), [Port("127.0.0.1", 0)])
    taken.start()
    try:
        again = Listener(MailRoom(print, largest=1), [Port(*taken.addresses[0])])
        with pytest.raises(ConfigurationError, match="Der kan ikke lyttes efter post"):
            again.start()
    finally:
        taken.stop()


def _until(came: Callable[[], bool]) -> bool:
    """Ask again until it is so; the server's end of a connection closes a moment after ours."""
    return any(came() for _ in range(200))
