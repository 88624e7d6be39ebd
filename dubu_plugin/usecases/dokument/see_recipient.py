"""Ask the address book where a letter goes, as it is written: they may have moved since it was
ordered, or have been given protection."""

import json
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import structlog

from dubu_plugin.domain.inddragelse import HANDED_OVER
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.errors import AdapterError
from dubu_plugin.store.canonical import canonical
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.tables import letters as table
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.dokument.addressed import citizen
from dubu_plugin.usecases.sag.birth import Asking, see_person


def see_recipient(letter: UUID, person: UUID, *, product: Asking, now: datetime) -> None:
    """Keep what the address book says of a letter's recipient now, and address the letter by it.

    Where it does not answer, or has them no more, the letter goes to where we know they live. What
    is handed over is handed over still. A letter that is written stays as it is.

    :param person: who it is to.
    """
    with product.store.read() as connection:
        known = personer.by_id(connection, person)
    if known is None:
        return
    _ask(product, known, now)
    with product.store.read() as connection:
        its = connection.execute(
            sa.select(table.c.recipient, table.c["values"]).where(_is_written_now(letter))
        ).one_or_none()
        if its is None or its.recipient is None:
            return
        by_hand = HANDED_OVER in its.recipient.split("\n")
        to, says = citizen(connection, person, by_hand=by_hand)
    values = json.loads(its.values)
    values |= {name: said for name, said in says.items() if name in values}
    new = {"recipient": to.envelope[:500], "values": canonical(values)}
    if (its.recipient, its.values) == (new["recipient"], new["values"]):
        return
    with product.store.write(actor=SYSTEM, now=now) as work:
        work.connection.execute(sa.update(table).where(_is_written_now(letter)).values(new))


def _is_written_now(letter: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.id == letter, table.c.state == LetterState.SKRIVES)


def _ask(product: Asking, known: Known, now: datetime) -> None:
    if known.host_key is None:
        return
    try:
        found = product.ports.persons.by_key(known.host_key)
    except AdapterError as silence:
        structlog.get_logger().warning("recipient_not_asked", error=type(silence).__name__)
        return
    if found is not None:
        see_person(product, found, now)
