"""Send a letter to its recipient, and record the hændelse that meets its deadline."""

from typing import Any

from dubu_plugin.delivery.handlers.file_letter import letter_row
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.ports.journal_errors import Rejected
from dubu_plugin.ports.post import Letter, Sending
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.letter_states import (
    by_post,
    queued,
    sent,
    to_print,
)


class SendLetter:
    """``send_letter {letter}``.

    Where the post cannot reach the recipient, the letter waits for a person who prints it. That is
    an answer, not a refusal: the lane goes on, and the deadline stays open until the person has
    said that it is posted (`dubu_plugin.usecases.dokument.sent_on_paper`). Nor does a letter that
    the post has in its queue meet anything: `dubu_plugin.usecases.dokument.follow_letters` asks
    until it is sent.
    """

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        row = letter_row(d)
        if row.state == LetterState.UDGAAET:
            return Done(row.state)
        entry = d.letters[row.code]
        letter = Letter(
            subject=entry.row.subject or entry.title,
            recipient=row.recipient or "",
            address=row.address,
            body=entry.row.covering,
            filename=entry.filename("pdf"),
            pdf=d.blobs.read(row.pdf_sha256),
        )
        try:
            return _done(d, row, d.ports.outgoing.send(letter, d.op))
        except Rejected:
            return _done(d, row, Sending.RETURNED)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`."""
        said = d.ports.outgoing.sent(d.op)
        return None if said is None else _done(d, letter_row(d), said)


def _done(d: Delivery, row: Any, said: Sending) -> Done:
    letter = d.letters[row.code]

    def went(work: Work) -> None:
        sent(work, row, letter, how=by_post(row))

    def waits(work: Work) -> None:
        queued(work, row)

    def returned(work: Work) -> None:
        to_print(work, row)

    follows = {Sending.SENT: went, Sending.QUEUED: waits, Sending.RETURNED: returned}
    return Done(said.value, follows[said])
