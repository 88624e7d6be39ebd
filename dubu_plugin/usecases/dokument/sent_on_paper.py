"""Letters that go by ordinary post or are handed over: a person printed them and says so.

Where nobody has an electronic address of the recipient, the letter waits as ``til_print``; what it
meets stays open until then, and what runs from it has not begun.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.danish import danish_day, listed, long_date, unbroken
from dubu_plugin.domain.inddragelse import ADDRESS_WITHHELD, HANDED_OVER
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.tables import letters as table
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.dokument.letter_states import sent
from dubu_plugin.usecases.means import Writing

BY_POST: Final = "papir"
BY_HAND: Final = "overleveret"
WAYS: Final = (BY_POST, BY_HAND)
"""How a letter on paper reaches whom it is to."""


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

    @property
    def name(self) -> str:
        """Who it is to."""
        return self.recipient.split("\n")[0]

    @property
    def is_handed_over(self) -> bool:
        """Whether it is for the adviser to hand over, and not to send home."""
        return HANDED_OVER in self.recipient.split("\n")

    @property
    def has_no_address(self) -> bool:
        """Whether the address is protected, and is to be written on the envelope by hand."""
        return ADDRESS_WITHHELD in self.recipient.split("\n")


def letters_to_print(
    connection: sa.Connection, *, seen: sa.ColumnElement[bool], limit: int = 100
) -> Sequence[ToPrint]:
    """Return the letters that wait to be printed, those that have waited longest first.

    :param seen: what narrows the rows of ``letters`` to those the asker may see.
    """
    rows = connection.execute(
        sa.select(table)
        .where(table.c.state == LetterState.TIL_PRINT, seen)
        .order_by(table.c.created_at, table.c.recipient)
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


def of_case(sag: UUID) -> sa.ColumnElement[bool]:
    """Return what narrows ``letters`` to those sent from a case; an underretning has its own."""
    return sa.and_(table.c.sag_id == sag, table.c.underretning_id.is_(None))


def is_waiting(connection: sa.Connection, letter: UUID | None) -> bool:
    """Tell whether a letter waits to be printed."""
    state = sa.select(table.c.state).where(table.c.id == letter)
    return letter is not None and connection.scalar(state) == LetterState.TIL_PRINT


def post_letters(
    sag: UUID,
    letters: Collection[UUID],
    how: str,
    at: datetime,
    *,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> None:
    """Record that letters of a case were posted or handed over; none is where one cannot be.

    :param how: one of `WAYS`.
    :param at: when it was; of another day than today the day alone counts.
    :raises FieldRefused: no letter is chosen, or the day is ahead of us or before a letter was
        written.
    :raises NotWaitingForPrint: one of them waits for nobody.
    :raises NotYours: the policy says no, or one of them is another case's.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        if not letters:
            raise FieldRefused("brev", "Sæt kryds ved de breve, der er sendt eller overleveret.")
        mine = of_case(sag)
        rows = work.connection.execute(sa.select(table).where(table.c.id.in_(letters), mine)).all()
        if len(rows) != len(set(letters)) or how not in WAYS:
            raise NotYours
        day = danish_day(at)
        if day > danish_day(now):
            raise FieldRefused(
                "postet", "Skriv den dag, det skete. Den kan ikke ligge efter i dag."
            )
        if later := [row for row in rows if day < danish_day(row.created_at)]:
            raise FieldRefused("postet", _written_later(later, product.letters))
        for row in rows:
            # Noon of a day that is over may be before the letter was written.
            _goes(work, row, product.letters, how=how, at=max(at, row.created_at))


def _written_later(rows: Sequence[Any], letters: LetterShelf) -> str:
    """Say which letters were written after the day they should have been sent."""
    which = []
    for row in rows:
        name, *_ = (row.recipient or "").split("\n")
        written = long_date(danish_day(row.created_at))
        which.append(f"»{letters[row.code].row.title}« til {name} ({written})")
    them = "det" if len(which) == 1 else "dem"
    return unbroken(
        f"Skrevet senere end den dag: {listed(sorted(which))}. Ret dagen, eller tag krydset fra "
        f"{them}."
    )


def sent_on_paper(work: Work, letter: UUID, *, letters: LetterShelf) -> None:
    """Record that a person has printed and posted a letter; its deadline is then met.

    Who may is decided before this is called.

    :raises NotWaitingForPrint: it is no such letter.
    """
    row = work.connection.execute(sa.select(table).where(table.c.id == letter)).one_or_none()
    if row is None:
        raise NotWaitingForPrint
    _goes(work, row, letters, how=BY_POST, at=work.now)


def _goes(work: Work, row: Any, letters: LetterShelf, *, how: str, at: datetime) -> None:
    if row.state != LetterState.TIL_PRINT:
        raise NotWaitingForPrint
    sent(work, row, letters[row.code], how=how, at=at)
