"""A letter that did not reach whom it is to, and the new one that stands in its place."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.tables import haendelser, letters, metadata, outbox

OF_LETTERS: Final = [
    column
    for table in metadata.sorted_tables
    for column in table.c
    if column.references(letters.c.id)
]
"""What says which letter a decision was told in, a hearing was asked in, and such."""
GONE: Final = (LetterState.I_KOE, LetterState.SENDT, LetterState.IKKE_NAAET)
"""The states of a letter that has left the house, or is about to without a person."""
TOLD_OF_ALL: Final = Haendelse.FORELOEBIG_AFGOERELSE_MEDDELT
"""What is said when each party of a decision has its letter (barnets lov § 143, stk. 3)."""


def gone_out(
    connection: sa.Connection, seen: sa.ColumnElement[bool], *, limit: int
) -> Sequence[Any]:
    """Return the letters that left the house last, the newest first.

    :param seen: what narrows the rows of ``letters`` to those the asker may see.
    """
    return connection.execute(
        sa.select(letters)
        .where(letters.c.state.in_(GONE), letters.c.recipient.is_not(None), seen)
        .order_by(sa.func.coalesce(letters.c.sent_at, letters.c.created_at).desc(), letters.c.id)
        .limit(limit)
    ).all()


def to_persons(connection: sa.Connection, which: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Return who in the address book each of some letters is to, by the letter."""
    keys = [op_key(one, "write_letter") for one in which]
    rows = connection.scalars(sa.select(outbox.c.payload).where(outbox.c.key.in_(keys)))
    told = [json.loads(one) for one in rows]
    return {UUID(one["letter"]): UUID(one["modtager"]) for one in told if "modtager" in one}


def new_of(letter: UUID) -> UUID:
    """Return the key of the letter that is sent in the place of one that reached nobody."""
    return op_key(letter, "sendt igen")


def with_new(connection: sa.Connection, letter: UUID) -> Sequence[UUID]:
    """Return a letter and those that were sent in its place since, the first first."""
    found = [letter]
    while connection.scalar(sa.select(letters.c.id).where(letters.c.id == new_of(found[-1]))):
        found.append(new_of(found[-1]))
    return found


def takes_over(connection: sa.Connection, old: UUID, new: UUID) -> None:
    """Have a new letter be what tells what an old one told, and the old one have reached nobody."""
    for column in OF_LETTERS:
        connection.execute(sa.update(column.table).where(column == old).values({column.name: new}))
    connection.execute(
        sa.update(letters).where(letters.c.id == old).values(state=LetterState.IKKE_NAAET)
    )


def said_by(
    connection: sa.Connection,
    sag: UUID,
    letter: UUID,
    decision: UUID | None,
    part: UUID | None,
    klage: UUID | None,
) -> Sequence[Any]:
    """Return what stands on a case because a letter was sent, the last first.

    With a decision's letter goes that all of its parties are told, whichever letter was the last;
    with a hearing's that its party did not answer.

    :param klage: a complaint that is over because who got the letter did not keep the rest of it.
    """
    rows = connection.execute(
        sa.select(haendelser.c.id, haendelser.c.type, haendelser.c.data)
        .where(haendelser.c.sag_id == sag, stands())
        .order_by(haendelser.c.seq.desc())
    ).all()
    told = [(row, json.loads(row.data)) for row in rows]
    return [
        row
        for row, said in told
        if _hangs_on(row, said, letter, decision, part) or _ended(row, said, klage)
    ]


def _hangs_on(
    row: Any, said: Mapping[str, Any], letter: UUID, decision: UUID | None, part: UUID | None
) -> bool:
    if said.get("brev") == str(letter) and "maade" in said:
        return True
    if row.type == TOLD_OF_ALL:
        return decision is not None and said.get("afgoerelse") == str(decision)
    answered = row.type == Haendelse.PARTSHOERING_BESVARET
    return answered and part is not None and said.get("part") == str(part)


def _ended(row: Any, said: Mapping[str, Any], klage: UUID | None) -> bool:
    its = row.type == Haendelse.KLAGE_AFGJORT
    return its and klage is not None and said.get("klage") == str(klage)
