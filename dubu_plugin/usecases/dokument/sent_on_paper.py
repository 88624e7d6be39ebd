"""A letter that went by ordinary post: a person printed it and says so.

Where nobody has an electronic address of the recipient, the letter waits as ``til_print``; the
deadline it meets stays open on Min dag until then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.tables import letters as table
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.letter_states import LetterState, sent


class NotWaitingForPrint(CaseworkError):
    """The letter is sent already, or is not written yet."""

    danish = "Brevet venter ikke på at blive printet. Genindlæs siden for at se, hvordan det står."


@dataclass(frozen=True, slots=True)
class ToPrint:
    """A letter that waits for a person with an envelope."""

    letter: UUID
    code: str
    sag: UUID | None
    underretning: UUID | None
    pdf_sha256: str
    recipient: str = field(repr=False)
    since: datetime


def letters_to_print(
    connection: sa.Connection, *, seen: sa.ColumnElement[bool], limit: int = 100
) -> Sequence[ToPrint]:
    """Return the letters that wait to be printed, those that have waited longest first.

    :param seen: what narrows the rows of ``letters`` to those the asker may see.
    """
    rows = connection.execute(
        sa.select(table)
        .where(table.c.state == LetterState.TIL_PRINT, seen)
        .order_by(table.c.created_at)
        .limit(limit)
    )
    return [
        ToPrint(
            row.id,
            row.code,
            row.sag_id,
            row.underretning_id,
            row.pdf_sha256,
            row.recipient or "",
            row.created_at,
        )
        for row in rows
    ]


def sent_on_paper(work: Work, letter: UUID, *, letters: LetterShelf) -> None:
    """Record that a person has printed and posted a letter; its deadline is then met.

    Who may is decided before this is called.

    :raises NotWaitingForPrint: it is no such letter.
    """
    row = work.connection.execute(sa.select(table).where(table.c.id == letter)).one_or_none()
    if row is None or row.state != LetterState.TIL_PRINT:
        raise NotWaitingForPrint
    sent(work, row, letters[row.code], how="papir")
