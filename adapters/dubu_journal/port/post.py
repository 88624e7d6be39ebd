"""The host's post, in and out, as `dubu_plugin.ports.post`."""

import io
from typing import Any

from dubu_journal import post_box, tray
from dubu_journal.host import Host
from dubu_journal.port import answers
from dubu_journal.port.operations import Operations
from dubu_journal.port.translated import translated
from dubu_plugin.ports.journal_errors import Rejected
from dubu_plugin.ports.journal_objects import Op, Page
from dubu_plugin.ports.post import Channel, Letter, PostItem, Sending


class EmbeddedIncomingPost(Operations):
    """See `dubu_plugin.ports.post.IncomingPost` for each operation."""

    def received(self, after: str | None = None) -> Page[PostItem]:
        """Return what came in, oldest first."""
        with self._reading("received") as connection:
            last = answers.id_of_cursor(after) or 0
            rows = post_box.after(connection, last, limit=self.page_size + 1)
        shown = rows[: self.page_size]
        items = [_item(row) for row in shown]
        return Page(items, str(shown[-1].id) if len(rows) > len(shown) else None)

    def item(self, key: str) -> PostItem:
        """Return one item."""
        with self._reading("item") as connection:
            return _item(post_box.get(connection, key))

    def open_post(self, key: str) -> bytes:
        """Return an item exactly as it came."""
        with self._reading("open_post") as connection:
            row = post_box.get(connection, key)
            with self.host.files.open(row.sha256) as content:
                return content.read()


class EmbeddedOutgoingPost(Operations):
    """See `dubu_plugin.ports.post.OutgoingPost` for each operation.

    What leaves the tray takes an electronic address. A letter without one is refused, so that a
    person prints it, unless the municipality's own post prints what it finds.
    """

    def __init__(
        self, host: Host, *, prints_paper: bool = False, practice: bool = False, **options: Any
    ) -> None:
        """:param prints_paper: whether a letter without an electronic address may go too.
        :param practice: a training copy: a letter counts as sent, and goes nowhere.
        """
        super().__init__(host, **options)
        self.prints_paper = prints_paper
        self.practice = practice

    def send(self, letter: Letter, op: Op) -> Sending:
        """Put a letter in the tray, once."""
        done = self.sent(op)
        if done is not None:
            return done
        if not (letter.address or "").strip() and not self.prints_paper:
            raise Rejected(self.name, "send", "address")
        new = tray.NewLetter(
            subject=letter.subject,
            recipient=letter.recipient,
            address=letter.address,
            body=letter.body,
            filename=letter.filename,
        )
        with translated("send", op.key):
            content = self.host.files.put(io.BytesIO(letter.pdf), limit=self.largest_file)
            with self.host.database.writing() as connection:
                now = self.clock()
                put = tray.put(connection, op.key, new, content, by=op.actor, now=now)
                if self.practice:
                    tray.mark(connection, put.id, tray.SENT, now)
                    return Sending.SENT
        return Sending(put.state)

    def sent(self, op: Op) -> Sending | None:
        """Return what became of a letter, or None where it was never sent."""
        with self._reading("sent") as connection:
            found = tray.by_op(connection, op.key)
        return None if found is None else Sending(found.state)


def _item(row: post_box.Item) -> PostItem:
    known = {channel.value for channel in Channel}
    channel = Channel(row.channel) if row.channel in known else Channel.FILE
    return PostItem(row.key, row.received_at, channel, row.name, row.size)
