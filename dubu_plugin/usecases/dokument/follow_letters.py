"""Ask the post what became of the letters in its queue.

A letter in a queue has confirmed nothing (barnets lov § 138, stk. 1): the hændelse that meets a
deadline is recorded when the post says that the letter is sent, and not before.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol

import sqlalchemy as sa
import structlog

from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.journal_objects import Op
from dubu_plugin.ports.post import OutgoingPost, Sending
from dubu_plugin.store.database import Store
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.tables import letters as table
from dubu_plugin.usecases.dokument.letter_states import by_post, sent, to_print

AT_A_TIME: Final = 200
"""How many letters are asked about in a round, those that have waited longest first."""


class Posting(Protocol):
    """The part of the ports that is asked."""

    @property
    def outgoing(self) -> OutgoingPost:
        """A way to send letters."""


class Following(Protocol):
    """What following letters needs."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def letters(self) -> LetterShelf:
        """The letters that can be written."""

    @property
    def ports(self) -> Posting:
        """The other systems."""


def follow_letters(
    product: Following, now: datetime, *, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Ask about every letter in the queue, and return how many have left it.

    A post that does not answer is left alone until the next time.

    :param stopping: asked between letters.
    """
    with product.store.read() as connection:
        waiting = connection.execute(
            sa.select(table)
            .where(table.c.state == LetterState.I_KOE)
            .order_by(table.c.created_at)
            .limit(AT_A_TIME)
        ).all()
    left = 0
    for row in waiting:
        if stopping():
            break
        try:
            said = product.ports.outgoing.sent(Op(op_key(row.id, "send_letter"), row.author))
        except AdapterError as silence:
            structlog.get_logger().warning("letters_not_followed", error=str(silence))
            break
        if said is Sending.SENT or said is Sending.RETURNED:
            left += _settled(product, row, said, now)
    return left


def _settled(product: Following, row: Any, said: Sending, now: datetime) -> bool:
    """Record what became of a letter, unless somebody else has. Tell whether it was done here."""
    with product.store.write(actor=row.author, now=now) as work:
        state = work.connection.scalar(sa.select(table.c.state).where(table.c.id == row.id))
        if state != LetterState.I_KOE:
            return False
        if said is Sending.SENT:
            sent(work, row, product.letters[row.code], how=by_post(row))
        else:
            to_print(work, row)
    return True
