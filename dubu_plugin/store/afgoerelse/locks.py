"""What a complaint with opsættende virkning keeps from being set in motion.

Source: retssikkerhedsloven § 72.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.tables import afgoerelser as rows
from dubu_plugin.store.tables import klager

ENDED: Final = ("trukket", "afgjort")
"""States of a complaint that no longer keeps anything waiting."""
_KEEPS: Final = sa.and_(
    sa.or_(
        klager.c.afgoerelse_id == rows.c.skrift_id,
        sa.and_(klager.c.afgoerelse_id == rows.c.replaces, klager.c.outcome == "delvist"),
    ),
    klager.c.suspensive == sa.true(),
    klager.c.state.not_in(ENDED),
    rows.c.at_once == sa.false(),
)
"""A complaint keeps the decision it is about, and the one made where it was right in some."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Why a decision is not to be set in motion (retssikkerhedsloven § 72)."""

    klage: UUID
    since: datetime


def execution_lock(connection: sa.Connection, afgoerelse: UUID) -> Lock | None:
    """Return the complaint that keeps a decision from being set in motion, or None.

    A decision that is set in motion at once all the same is not kept, nor one in whose place such
    a one was made (§ 72, stk. 2, 2. pkt.).
    """
    row = connection.execute(
        sa.select(klager.c.id, klager.c.received_at)
        .join_from(klager, rows, _KEEPS)
        .where(rows.c.skrift_id == afgoerelse)
        .order_by(klager.c.received_at)
        .limit(1)
    ).one_or_none()
    if row is None or _is_at_once(connection, afgoerelse):
        return None
    return Lock(row.id, row.received_at)


def locked(connection: sa.Connection, sag: UUID) -> Mapping[UUID, str]:
    """Return the decisions of a case that must not be set in motion, and what each is about.

    One is not kept where what was made in its place is set in motion at once.
    """
    found = connection.execute(
        sa.select(rows.c.skrift_id, rows.c.matter)
        .join_from(klager, rows, _KEEPS)
        .where(rows.c.sag_id == sag)
    )
    return {
        row.skrift_id: row.matter for row in found if not _is_at_once(connection, row.skrift_id)
    }


def _is_at_once(connection: sa.Connection, afgoerelse: UUID) -> bool:
    now = afgoerelser.in_place_of(connection, afgoerelse)
    return now is not None and now.at_once
