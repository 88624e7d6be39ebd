"""Whether somebody has looked at letters before the family is written to: nothing in them tells of
who is held apart (forvaltningsloven § 27), nor where a child is whose place is hidden (§ 105)."""

from datetime import date

import sqlalchemy as sa

from dubu_plugin.domain.gates.standing import No
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.usecases.dokument.held_apart import not_seen
from dubu_plugin.usecases.dokument.hidden_place import place_not_seen


def not_heeded(connection: sa.Connection, sag: Sag, today: date, *, seen: bool) -> dict[str, str]:
    """Return what is to be seen before letters to the family are sent, by field."""
    found: No | None = not_seen(connection, sag.child_id, today, seen=seen)
    found = found or place_not_seen(connection, sag.id, today, seen=seen)
    return {found.field: found.sentence} if found else {}
