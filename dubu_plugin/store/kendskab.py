"""Since when the municipality has known that a child may need support: the four months of an
undersøgelse run from that day.

Source: barnets lov § 20, stk. 3.
"""

import json
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.store.rettelser import is_taken_back
from dubu_plugin.store.tables import haendelser, underretninger, vurderinger

DONE: Final = (H.UNDERSOEGELSE_AFSLUTTET, H.UNDERSOEGELSE_OPGIVET, H.SAG_LUKKET)
"""What came before one of these has been looked into, or given up with a reason."""
SCREENED: Final = (H.SCREENING_AFSLUTTET, H.AFDAEKNING_AFSLUTTET)
"""So has what came before one of these, where it came to nothing more."""


def known_since(connection: sa.Connection, sag: UUID) -> datetime | None:
    """Return when the first henvendelse came that nobody has looked into yet, or None.

    An application tells of a need too. An underretning whose assessment found that nothing more
    was to be done does not count.
    """
    found = underretninger.c
    done = _looked_into(connection, sag)
    newer = vurderinger.alias()
    no_need = sa.exists().where(
        vurderinger.c.underretning_id == found.id,
        vurderinger.c.next_step == NaesteSkridt.INTET,
        ~sa.exists().where(
            newer.c.underretning_id == vurderinger.c.underretning_id,
            newer.c.version > vurderinger.c.version,
        ),
    )
    first: datetime | None = connection.scalar(
        sa.select(sa.func.min(found.received_at)).where(
            found.sag_id == sag,
            found.state != "andet",
            found.received_at > done if done else sa.true(),
            ~no_need,
        )
    )
    return first


def _looked_into(connection: sa.Connection, sag: UUID) -> datetime | None:
    """Return until when what came has been looked into, or None."""
    what = haendelser.c
    rows = connection.execute(
        sa.select(what.occurred_at, what.type, what.data).where(
            what.sag_id == sag, what.type.in_(DONE + SCREENED), sa.not_(is_taken_back())
        )
    )
    return max(
        (
            row.occurred_at
            for row in rows
            if row.type in DONE or json.loads(row.data).get("udfald") == "ingen"
        ),
        default=None,
    )
