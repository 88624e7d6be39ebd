"""The promises of `dubu_plugin.ports.post`, as tests an adapter inherits."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

import pytest

from dubu_plugin.ports.journal_errors import NotFound, Rejected
from dubu_plugin.ports.journal_objects import Op
from dubu_plugin.ports.post import IncomingPost, Letter, OutgoingPost, PostItem, Sending


class IncomingPostContract:
    """What came in is there in its order, bit for bit. Give `incoming` and `arrived`."""

    @pytest.fixture
    def incoming(self, arrived: Sequence[bytes]) -> IncomingPost:
        """Return the adapter under test; where its pages have a size, choose a small one."""
        raise NotImplementedError("give an `incoming` fixture that returns your adapter")

    @pytest.fixture
    def arrived(self) -> Sequence[bytes]:
        """Return at least seven items that have come in, oldest first, and nothing else has."""
        raise NotImplementedError("give an `arrived` fixture that says what came in")

    def test_everything_is_there_once_oldest_first_and_the_pages_end(
        self, incoming: IncomingPost, arrived: Sequence[bytes]
    ) -> None:
        found: list[PostItem] = []
        cursor, pages = None, 0
        while pages <= len(arrived):
            page = incoming.received(cursor)
            found += page.items
            cursor, pages = page.next, pages + 1
            if cursor is None:
                break
        assert [incoming.open_post(item.key) for item in found] == list(arrived)
        assert [item.size for item in found] == [len(raw) for raw in arrived]
        assert len({item.key for item in found}) == len(arrived)
        assert [item.received_at for item in found] == sorted(item.received_at for item in found)

    def test_an_item_that_never_came_is_not_found(self, incoming: IncomingPost) -> None:
        with pytest.raises(NotFound):
            incoming.open_post("no-such-test")

    def test_what_the_sender_called_it_is_not_printed(self, incoming: IncomingPost) -> None:
        for item in incoming.received().items:
            assert item.filename not in repr(item)


class OutgoingPostContract:
    """A letter is sent once. Give `outgoing`."""

    @pytest.fixture
    def outgoing(self) -> OutgoingPost:
        """Return the adapter under test."""
        raise NotImplementedError("give an `outgoing` fixture that returns your adapter")

    @pytest.fixture
    def letter(self) -> Letter:
        """Return a letter with an electronic address: not every post takes paper."""
        return Letter(
            subject="Kvittering",
            recipient="Testskolen\nTestvej 1\n9999 Prøvestrup",
            address="skole@test.example",
            body="Se det vedhæftede brev.",
            filename="kvittering.pdf",
            pdf=b"%PDF-1.7 \x00\xff",
        )

    def test_a_letter_that_was_never_sent_is_none(self, outgoing: OutgoingPost) -> None:
        assert outgoing.sent(Op(uuid4(), "test")) is None

    def test_a_letter_that_was_sent_can_be_asked_for(
        self, outgoing: OutgoingPost, letter: Letter
    ) -> None:
        op = Op(uuid4(), "test")
        assert outgoing.send(letter, op) is outgoing.sent(op)
        assert outgoing.sent(op) in (Sending.QUEUED, Sending.SENT)

    def test_the_same_op_again_sends_nothing(self, outgoing: OutgoingPost, letter: Letter) -> None:
        op = Op(uuid4(), "test")
        first = outgoing.send(letter, op)
        assert outgoing.send(replace(letter, pdf=b"another"), op) is first

    def test_a_letter_to_nobody_is_refused_and_not_sent(
        self, outgoing: OutgoingPost, letter: Letter
    ) -> None:
        op = Op(uuid4(), "test")
        with pytest.raises(Rejected):
            outgoing.send(replace(letter, recipient=" "), op)
        assert outgoing.sent(op) is None
