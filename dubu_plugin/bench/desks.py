"""Cases to write on, and who writes on each."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store import access
from dubu_plugin.store import tables as t

BFU: Final = SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE
PLACES: Final = ("sundhedsforhold", "udvikling_adfaerd", "dagtilbud_skole_laering")
FIELD: Final = "beskrivelse"


def means(product: Product, who: Asker, now: datetime) -> dict[str, Any]:
    """Return what every act takes."""
    return {"product": product, "asker": who, "now": now}


def cases(product: Product, most: int) -> Iterator[tuple[Asker, UUID]]:
    """Yield open cases, each with who is responsible for it."""
    mine = (
        sa.select(sa.func.min(t.sager.c.id), t.sager.c.responsible)
        .join(t.personer, t.personer.c.id == t.sager.c.child_id)
        .where(t.sager.c.phase == "active", t.personer.c.born.is_not(None))
        .where(t.sager.c.responsible.is_not(None))
        .group_by(t.sager.c.responsible)
        .order_by(t.sager.c.responsible)
    )
    with product.store.read() as connection:
        rows = connection.execute(mine.limit(most)).all()
        for sag, responsible in rows:
            who = access.asker(connection, responsible)
            if who is not None:
                yield who, sag
