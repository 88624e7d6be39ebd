"""File a letter on its case, as PDF and as the Word file it was made from, with a journal note."""

from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.delivery import filing
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain.danish import clock, danish_day, list_date
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.journal_objects import Ref
from dubu_plugin.store.tables import letters as table
from dubu_plugin.store.transaction import Work

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NotWritten(Unreachable):
    """The letter has no files yet: it is written in another lane."""


class FileLetter:
    """``file_letter {letter}``."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        row = letter_row(d)
        if row.state == LetterState.UDGAAET:
            return Done(row.state)
        what = _filing(d, row)
        return _done(d, row.id, what, filing.file(d, what))

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`."""
        row = letter_row(d)
        if row.pdf_sha256 is None:
            return None
        what = _filing(d, row)
        document = filing.filed(d, what)
        return None if document is None else _done(d, row.id, what, document)


def letter_row(d: Delivery) -> Any:
    """Return the row of ``letters`` that an outbox row is about.

    :raises NotWritten: it has no files yet.
    """
    with d.store.read() as connection:
        row = connection.execute(sa.select(table).where(table.c.id == d.id("letter"))).one()
    if row.pdf_sha256 is None and row.state != LetterState.UDGAAET:
        raise NotWritten("dubu", d.kind, "ikke_skrevet")
    return row


def _filing(d: Delivery, row: Any) -> filing.Filing:
    letter = d.letters[row.code]
    name, *_ = (row.recipient or "").split("\n")
    return filing.Filing(
        sag=row.sag_id,
        title=_title(d, row),
        direction=letter.row.direction,
        date=danish_day(row.created_at),
        files=[
            filing.StoredFile(row.pdf_sha256, letter.filename("pdf"), PDF),
            filing.StoredFile(row.docx_sha256, letter.filename("docx"), DOCX),
        ],
        party=name or None,
        note=(letter.row.journal_title, letter.row.journal_note),
        letter=row.code,
    )


def _title(d: Delivery, row: Any) -> str:
    """Return what a letter is called on the case: one that puts another right is told from it."""
    known = d.letters[row.code].row
    if known.journal_corrected is None or row.underretning_id is None:
        return known.journal_title
    asked = sa.select(table.c.created_at).where(
        table.c.code == row.code,
        table.c.underretning_id == row.underretning_id,
        table.c.created_at < row.created_at,
    )
    with d.store.read() as connection:
        before = connection.scalars(asked.order_by(table.c.created_at)).all()
    if not before:
        return known.journal_title
    first, *corrected = map(danish_day, before)
    day = danish_day(row.created_at)
    at = f" {clock(row.created_at)}" if day in corrected else ""
    return f"{known.journal_corrected} {list_date(day, first)}{at}"


def _done(d: Delivery, letter: UUID, what: filing.Filing, document: Ref) -> Done:
    recorded = filing.done(d, what, document)

    def then(work: Work) -> None:
        work.connection.execute(
            sa.update(table).where(table.c.id == letter).values(document_key=document.key)
        )
        work.connection.execute(
            sa.update(table)
            .where(table.c.id == letter, table.c.state == LetterState.KLAR)
            .values(state=LetterState.JOURNALISERET)
        )
        if recorded.then is not None:
            recorded.then(work)

    return Done(recorded.result, then)
