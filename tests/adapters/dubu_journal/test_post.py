"""Post in is on the disk before it is acknowledged; a letter out is put in the tray once."""

import io
import os
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_journal import post_box, tray
from dubu_journal.host import Host
from dubu_journal.port.post import EmbeddedIncomingPost, EmbeddedOutgoingPost
from dubu_journal.post_box import Envelope
from dubu_journal.refusals import DiskFull
from dubu_plugin.ports.journal_errors import Rejected
from dubu_plugin.ports.journal_objects import Op
from dubu_plugin.ports.post import (
    Channel,
    IncomingPost,
    Letter,
    OutgoingPost,
    PostItem,
    Sending,
)
from dubu_plugin.testing.post import IncomingPostContract, OutgoingPostContract

NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 \x00"
ENVELOPE = Envelope(NOW, "e-mail", "underretning æøå.eml", "skole@test.example", "Om et barn")


class TestEmbeddedIncomingPost(IncomingPostContract):
    @pytest.fixture
    def arrived(self, host: Host) -> list[bytes]:
        raws = [f"Post nr. {number} æøå \x00".encode() for number in range(7)]
        for raw in raws:
            post_box.store(host, io.BytesIO(raw), ENVELOPE)
        return raws

    @pytest.fixture
    def incoming(self, host: Host, arrived: list[bytes]) -> IncomingPost:
        return EmbeddedIncomingPost(host, page_size=3)


class TestEmbeddedOutgoingPost(OutgoingPostContract):
    @pytest.fixture
    def outgoing(self, host: Host) -> OutgoingPost:
        return EmbeddedOutgoingPost(host)


@pytest.fixture
def incoming(host: Host) -> EmbeddedIncomingPost:
    return EmbeddedIncomingPost(host, page_size=3)


@pytest.fixture
def outgoing(host: Host) -> EmbeddedOutgoingPost:
    return EmbeddedOutgoingPost(host)


def letter() -> Letter:
    to = "Testskolen\nTestvej 1"
    return Letter("Kvittering", to, "skole@test.example", "Se vedhæftede.", "brev.pdf", PDF)


def test_an_item_comes_back_bit_for_bit(host: Host, incoming: EmbeddedIncomingPost) -> None:
    raw = b"From: \xe6\xf8\xe5\r\n\r\n\x00\xff"
    item = post_box.store(host, io.BytesIO(raw), ENVELOPE)
    assert incoming.open_post(item.key) == raw
    assert incoming.received().items == [
        PostItem(item.key, NOW, Channel.EMAIL, "underretning æøå.eml", len(raw))
    ]


def test_the_same_delivery_twice_is_one_item(host: Host, incoming: EmbeddedIncomingPost) -> None:
    first = post_box.store(host, io.BytesIO(b"post"), ENVELOPE, key="levering-1")
    assert post_box.store(host, io.BytesIO(b"post"), ENVELOPE, key="levering-1") == first
    post_box.store(host, io.BytesIO(b"post"), ENVELOPE, key="levering-2")
    assert [item.key for item in incoming.received().items] == ["levering-1", "levering-2"]


def test_a_full_disk_acknowledges_nothing(
    host: Host, incoming: EmbeddedIncomingPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            post_box.store(host, io.BytesIO(b"x"), ENVELOPE)
    assert incoming.received().items == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM incoming_post",
        "UPDATE incoming_post SET sha256 = 'andet'",
        "UPDATE incoming_post SET received_at = '2020-01-02 00:00:00.000000'",
    ],
)
def test_post_is_kept_as_it_came(host: Host, statement: str) -> None:
    item = post_box.store(host, io.BytesIO(b"x"), ENVELOPE)
    with pytest.raises(sa.exc.IntegrityError), host.database.writing() as connection:
        connection.exec_driver_sql(statement)
    with host.database.writing() as connection:
        post_box.mark(connection, item.key, post_box.TAKEN)
        assert post_box.get(connection, item.key).state == post_box.TAKEN
        assert post_box.in_state(connection, post_box.NEW, limit=9) == []


def test_a_letter_is_put_in_the_tray_once(host: Host, outgoing: EmbeddedOutgoingPost) -> None:
    op = Op(uuid4(), "anne")
    assert outgoing.sent(op) is None
    assert outgoing.send(letter(), op) is Sending.QUEUED
    assert outgoing.send(letter(), op) is Sending.QUEUED
    with host.database.reading() as connection:
        (waiting,) = tray.waiting(connection, limit=9)
    assert (waiting.recipient, waiting.queued_by) == ("Testskolen\nTestvej 1", "anne")
    with host.files.open(waiting.sha256) as pdf:
        assert pdf.read() == b"%PDF-1.7 \x00"


def test_a_letter_without_an_electronic_address_is_not_left_in_a_tray_that_cannot_post_it(
    host: Host, outgoing: EmbeddedOutgoingPost
) -> None:
    op = Op(uuid4(), "anne")
    for address in (None, "", " "):
        with pytest.raises(Rejected):
            outgoing.send(replace(letter(), address=address), op)
    assert outgoing.sent(op) is None
    with host.database.reading() as connection:
        assert tray.waiting(connection, limit=9) == []
    prints = EmbeddedOutgoingPost(host, prints_paper=True)
    assert prints.send(replace(letter(), address=None), op) is Sending.QUEUED


def test_in_a_training_copy_a_letter_counts_as_sent_and_lies_nowhere_to_be_handed_over(
    host: Host,
) -> None:
    op = Op(uuid4(), "anne")
    assert EmbeddedOutgoingPost(host, practice=True).send(letter(), op) is Sending.SENT
    with host.database.reading() as connection:
        assert tray.waiting(connection, limit=9) == []
        assert tray.latest(connection, limit=1)[0].sent is not None


def test_what_became_of_a_letter_is_told(host: Host, outgoing: EmbeddedOutgoingPost) -> None:
    ops = [Op(uuid4(), "anne") for _ in range(2)]
    for op in ops:
        outgoing.send(letter(), op)
    with host.database.writing() as connection:
        for waiting, state in zip(
            tray.waiting(connection, limit=9), (tray.SENT, tray.RETURNED), strict=True
        ):
            tray.mark(connection, waiting.id, state, NOW)
        assert tray.waiting(connection, limit=9) == []
    assert [outgoing.sent(op) for op in ops] == [Sending.SENT, Sending.RETURNED]
    assert outgoing.send(letter(), ops[0]) is Sending.SENT
