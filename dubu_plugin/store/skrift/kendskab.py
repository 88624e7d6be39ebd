"""Since when the municipality has known that a child may need support: the four months of an
undersøgelse run from that day.

Source: barnets lov § 20, stk. 3.
"""

import json
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import EARLY, OPEN
from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.store.sag.rettelser import is_taken_back
from dubu_plugin.store.tables import haendelser, skrifter, underretninger, vurderinger

DONE: Final = (H.UNDERSOEGELSE_AFSLUTTET, H.UNDERSOEGELSE_OPGIVET, H.SAG_LUKKET)
"""What came before one of these has been looked into, or given up with a reason."""
SCREENED: Final = (H.SCREENING_AFSLUTTET, H.AFDAEKNING_AFSLUTTET)
"""So has what came before one of these, where it came to nothing more."""


def known_since(connection: sa.Connection, sag: UUID) -> datetime | None:
    """Return when the first henvendelse came that nobody has looked into yet, or None.

    An application tells of a need too. An underretning whose assessment found that nothing more
    was to be done does not count. Where an undersøgelse is given up, the day its months ran from
    stands for as long as nothing new has come, or what it grew from is written in still: the need
    is the same, and nobody has looked into it.
    """
    first = _first_come(connection, sag)
    if first is not None and not _is_written_early(connection, sag):
        return first
    earlier = _given_up(connection, sag)
    return min((one for one in (first, earlier) if one is not None), default=None)


def _first_come(connection: sa.Connection, sag: UUID) -> datetime | None:
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


def _is_written_early(connection: sa.Connection, sag: UUID) -> bool:
    """Tell whether a screening or an afdækning is written in on the case."""
    found = skrifter.c
    mine = sa.select(found.id).where(
        found.sag_id == sag, found.kind.in_(EARLY), found.state.in_(OPEN)
    )
    return connection.execute(mine.limit(1)).first() is not None


def _given_up(connection: sa.Connection, sag: UUID) -> datetime | None:
    """Return from when the months of the undersøgelse ran that was given up last, or None.

    One after which the need was looked into, or found to be none, is over.
    """
    what = haendelser.c
    rows = connection.execute(
        sa.select(what.occurred_at, what.type, what.data)
        .where(
            what.sag_id == sag,
            what.type.in_((*DONE, *SCREENED, H.UNDERSOEGELSE_BESLUTTET)),
            sa.not_(is_taken_back()),
        )
        .order_by(what.seq)
    )
    known: list[datetime] = []
    is_given_up = False
    for row in rows:
        data = json.loads(row.data)
        if row.type == H.UNDERSOEGELSE_BESLUTTET:
            day = data.get("kendskab")
            known.append(start_of_day(date.fromisoformat(day)) if day else row.occurred_at)
            is_given_up = False
        elif row.type == H.UNDERSOEGELSE_OPGIVET:
            is_given_up = bool(known)
        elif row.type in DONE or data.get("udfald") == "ingen":
            known.clear()
            is_given_up = False
    return min(known) if is_given_up else None


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
