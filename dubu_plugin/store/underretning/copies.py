"""Underretninger that came under one Message-ID and do not say the same."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.intake import Remark, read_back
from dubu_plugin.store.access import visible_underretninger
from dubu_plugin.store.tables import haendelser, sager, underretninger
from dubu_plugin.store.underretning.underretninger import Post

FACT: Final = "samme_message_id"
"""What the hændelse of a receipt says the first one under: its key."""


@dataclass(frozen=True, slots=True)
class First:
    """The one that came first."""

    underretning: UUID
    underretter: str | None = field(repr=False)
    received_at: datetime


def first_of(
    connection: sa.Connection, who: Asker, underretning: UUID, post: Post | None
) -> First | None:
    """Return the one that came first under the same Message-ID.

    None where there is none, and where it is not theirs to open.
    """
    if post is None or Remark.CHANGED_COPY not in read_back(post.needs):
        return None
    said = connection.scalar(
        sa.select(haendelser.c.data)
        .where(
            haendelser.c.underretning_id == underretning,
            haendelser.c.type.in_([Haendelse.UNDERRETNING_MODTAGET, Haendelse.ANSOEGNING_MODTAGET]),
        )
        .order_by(haendelser.c.seq)
        .limit(1)
    )
    key = json.loads(said).get(FACT) if said else None
    if key is None:
        return None
    row = connection.execute(
        sa.select(underretninger.c.id, underretninger.c.underretter, underretninger.c.received_at)
        .select_from(underretninger.outerjoin(sager, sager.c.id == underretninger.c.sag_id))
        .where(underretninger.c.id == UUID(key), visible_underretninger(who, Act.READ))
    ).one_or_none()
    return None if row is None else First(row.id, row.underretter, row.received_at)
