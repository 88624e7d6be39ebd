"""A file in the inbox is taken whole, once, and lies in the post box before it is moved."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dubu_journal import post_box
from dubu_journal.host import Host
from dubu_journal.post.arrivals import Arrivals
from dubu_journal.post.inbox import Inbox
from dubu_journal.refusals import DiskFull

from ..conftest import Clock
from .conftest import LARGEST, Stored


@pytest.fixture
def inbox(tmp_path: Path, arrivals: Arrivals) -> Inbox:
    made = Inbox(tmp_path / "indbakke", arrivals)
    made.folder.mkdir()
    return made


def looked(inbox: Inbox, clock: Clock, times: int = 2) -> int:
    """Look, wait, and look again; return how many files were stored."""
    stored = 0
    for _ in range(times):
        stored += inbox.look(clock.now)
        clock.now += timedelta(seconds=2)
    return stored


def left(inbox: Inbox) -> list[str]:
    return sorted(file.name for file in inbox.folder.iterdir() if file.is_file())


def test_a_file_is_taken_and_moved(inbox: Inbox, clock: Clock, stored: Stored, host: Host) -> None:
    (inbox.folder / "Underretning æøå.docx").write_bytes(b"indhold")
    assert looked(inbox, clock) == 1
    (item,) = stored()
    assert (item.name, item.channel, item.size) == ("Underretning æøå.docx", "fil", 7)
    with host.files.open(item.sha256) as content:
        assert content.read() == b"indhold"
    assert left(inbox) == []
    (kept,) = (inbox.folder / "behandlet").iterdir()
    assert kept.name.endswith("-Underretning æøå.docx")
    assert kept.read_bytes() == b"indhold"
    assert kept.stat().st_mode & 0o777 == 0o600, "what was taken in is for nobody else to read"
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_came_when_it_was_put_there_and_not_when_somebody_looked(
    inbox: Inbox, clock: Clock, stored: Stored
) -> None:
    """Nothing ran from Friday to Monday: the 24 hours run from Friday all the same (§ 136)."""
    file = inbox.folder / "Underretning.docx"
    file.write_bytes(b"indhold")
    os.utime(file, (0, 0))  # written long before it was sent
    put = datetime.fromtimestamp(file.stat().st_ctime, UTC)
    clock.now = put + timedelta(days=3)
    assert looked(inbox, clock) == 1
    (item,) = stored()
    assert abs(item.received_at - put) < timedelta(seconds=1)


def test_a_file_that_says_it_came_later_than_now_came_now(
    inbox: Inbox, clock: Clock, stored: Stored
) -> None:
    file = inbox.folder / "Underretning.docx"
    file.write_bytes(b"indhold")
    clock.now = datetime.fromtimestamp(file.stat().st_ctime, UTC) - timedelta(days=1)
    assert looked(inbox, clock) == 1
    (item,) = stored()
    assert item.received_at <= clock.now


def test_a_file_somebody_is_still_writing_is_left(
    inbox: Inbox, clock: Clock, stored: Stored
) -> None:
    file = inbox.folder / "stor.pdf"
    for part in range(5):
        with file.open("ab") as writing:
            writing.write(b"x" * (part + 1))
        assert looked(inbox, clock, times=1) == 0
    assert looked(inbox, clock) == 1
    assert stored()[0].size == 15


@pytest.mark.parametrize("name", [".skjult", "brev.docx.part", "brev.TMP", "brev.crdownload"])
def test_a_name_that_says_unfinished_is_left(name: str, inbox: Inbox, clock: Clock) -> None:
    (inbox.folder / name).write_bytes(b"x")
    assert looked(inbox, clock, times=5) == 0
    assert left(inbox) == [name]


def test_folders_and_links_are_no_post(
    inbox: Inbox, clock: Clock, tmp_path: Path, stored: Stored
) -> None:
    (inbox.folder / "mappe").mkdir()
    (tmp_path / "hemmelig.txt").write_text("x")
    (inbox.folder / "link.txt").symlink_to(tmp_path / "hemmelig.txt")
    assert looked(inbox, clock, times=5) == 0
    assert stored() == []


def test_a_file_that_was_stored_but_not_moved_is_not_stored_again(
    inbox: Inbox, clock: Clock, stored: Stored, monkeypatch: pytest.MonkeyPatch, arrivals: Arrivals
) -> None:
    (inbox.folder / "brev.txt").write_bytes(b"x")
    monkeypatch.setattr(inbox, "_move", lambda *_: None)
    assert looked(inbox, clock) == 1
    again = Inbox(inbox.folder, arrivals)
    assert looked(again, clock) == 1
    assert len(stored()) == 1
    assert left(inbox) == []


def test_the_same_content_another_day_is_another_item(
    inbox: Inbox, clock: Clock, stored: Stored
) -> None:
    for day in (1, 2):
        file = inbox.folder / "skema.txt"
        file.write_bytes(b"x")
        os.utime(file, (day * 86400, day * 86400))
        looked(inbox, clock)
    assert len(stored()) == 2
    assert len(list((inbox.folder / "behandlet").iterdir())) == 2


def test_files_are_taken_in_the_order_they_were_written(
    inbox: Inbox, clock: Clock, stored: Stored
) -> None:
    for at, name in enumerate(("c.txt", "a.txt", "b.txt")):
        file = inbox.folder / name
        file.write_bytes(name.encode())
        os.utime(file, (at, at))
    looked(inbox, clock)
    assert [item.name for item in stored()] == ["c.txt", "a.txt", "b.txt"]


def test_a_file_that_is_too_large_is_put_aside(inbox: Inbox, clock: Clock, stored: Stored) -> None:
    (inbox.folder / "stor.bin").write_bytes(b"x" * (LARGEST + 1))
    assert looked(inbox, clock) == 0
    assert left(inbox) == []
    assert len(list((inbox.folder / "afvist").iterdir())) == 1
    assert stored() == []


def test_a_full_disk_leaves_the_file_for_later(
    inbox: Inbox, clock: Clock, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull

    (inbox.folder / "brev.txt").write_bytes(b"x")
    with monkeypatch.context() as patch:
        patch.setattr(post_box, "store", full)
        assert looked(inbox, clock, times=3) == 0
    assert left(inbox) == ["brev.txt"]
    assert looked(inbox, clock) == 1


def test_a_mail_file_is_read_for_its_subject(inbox: Inbox, clock: Clock, stored: Stored) -> None:
    mail = b"Subject: =?iso-8859-1?q?Bekymring_for_S=F8ren?=\r\nFrom: a@b.example\r\n\r\nhej"
    (inbox.folder / "mail.EML").write_bytes(mail)
    looked(inbox, clock)
    (item,) = stored()
    assert (item.subject, item.sender, item.channel) == (
        "Bekymring for Søren",
        "a@b.example",
        "e-mail",
    )


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: =?x-unknown?b?////?=",
        b"Subject: =?utf-8?b?%%%%?=",
        b"Subject: \xff\xfe\x00",
        b"Subject: " + b"x" * 10_000,
        b"\xff" * 100,
        b"",
    ],
    ids=range(6),
)
def test_a_subject_nobody_can_read_stops_nothing(
    header: bytes, inbox: Inbox, clock: Clock, stored: Stored
) -> None:
    (inbox.folder / "mail.eml").write_bytes(header + b"\r\n\r\nhej")
    assert looked(inbox, clock) == 1
    assert len(stored()[0].subject or "") <= 300
