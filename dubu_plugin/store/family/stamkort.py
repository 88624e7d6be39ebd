"""What stands in a child's header besides name and number: custody, home and language.

Custody and home are said of the network's lines; they are kept here too, as roles in words, so
that the header asks no more than the case itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.custody import Kendt
from dubu_plugin.domain.netvaerk import Myndighed, Part
from dubu_plugin.store.tables import stamkort


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamkort:
    """The card as it stands; a child nobody has written of has an empty one."""

    holders: tuple[str, ...] = ()
    """The roles of those who have custody, as a sentence has them."""
    homes: tuple[str, ...] = ()
    custody_source: Kendt | None = None
    custody_from: date | None = None
    language: str = ""
    interpreter: bool = False
    version: int = 0
    written_at: datetime | None = None
    written_by: str | None = None


def of_child(connection: sa.Connection, child: UUID) -> Stamkort:
    """Return the card of a child."""
    row = connection.execute(sa.select(stamkort).where(stamkort.c.child_id == child)).one_or_none()
    if row is None:
        return Stamkort()
    return Stamkort(
        holders=words(row.holders), homes=words(row.homes),
        custody_source=Kendt(row.custody_source) if row.custody_source else None,
        custody_from=row.custody_from, language=row.language, interpreter=row.interpreter,
        version=row.version, written_at=row.written_at, written_by=row.written_by,
    )  # fmt: skip


def words(joined: str | None) -> tuple[str, ...]:
    """Return the roles a column holds."""
    return tuple(filter(None, (joined or "").split(",")))


def keep(connection: sa.Connection, child: UUID, *, by: str, now: datetime, **values: Any) -> None:
    """Store the named columns of a child's card."""
    known = of_child(connection, child)
    written = {**values, "version": known.version + 1, "written_at": now, "written_by": by}
    if known.version:
        connection.execute(
            sa.update(stamkort).where(stamkort.c.child_id == child).values(**written)
        )
        return
    empty = {"holders": "", "homes": "", "custody_source": "", "language": "",
             "interpreter": False}  # fmt: skip
    connection.execute(sa.insert(stamkort).values(child_id=child, **{**empty, **written}))


def follow(
    connection: sa.Connection, child: UUID, parts: Iterable[Part], *, by: str, now: datetime
) -> None:
    """Have the card say what the network's lines say of custody and home, where that is new."""
    them = list(parts)
    holders = tuple(_word(one) for one in them if one.custody is Myndighed.DEL)
    homes = tuple(_word(one) for one in them if one.lives_here)
    known = of_child(connection, child)
    if (holders, homes) != (known.holders, known.homes):
        keep(connection, child, by=by, now=now, holders=",".join(holders)[:300],
             homes=",".join(homes)[:300])  # fmt: skip


def _word(part: Part) -> str:
    return part.word.replace(",", " ")
