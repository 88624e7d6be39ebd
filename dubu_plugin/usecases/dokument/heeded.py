"""Whether somebody has looked at letters before the family is written to: nothing in them tells of
who is held apart (forvaltningsloven § 27), nor where a child is whose place is hidden (§ 105)."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.gates.standing import No
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.usecases.dokument.held_apart import not_seen
from dubu_plugin.usecases.dokument.hidden_place import place_not_seen


def unheeded(
    connection: sa.Connection,
    sag: UUID,
    child: UUID,
    today: date,
    *,
    seen: bool,
    knows_place: bool = False,
) -> No | None:
    """Return why letters to the family are not sent yet, or None.

    :param knows_place: who reads them is the child, and knows where it lives.
    """
    found = not_seen(connection, child, today, seen=seen)
    return found or (None if knows_place else place_not_seen(connection, sag, today, seen=seen))


def not_heeded(
    connection: sa.Connection, sag: Sag, today: date, *, seen: bool, knows_place: bool = False
) -> dict[str, str]:
    """Return the same by field; empty where they are."""
    no = unheeded(connection, sag.id, sag.child_id, today, seen=seen, knows_place=knows_place)
    return {no.field: no.sentence} if no else {}
