"""What runs on a case: the supports and placements that have begun and not ended."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.tables import afgoerelser, haendelser, sager

BEGINS: Final[Mapping[Haendelse, Subject]] = {
    Haendelse.INDSATS_IVAERKSAT: Subject.INDSATS,
    Haendelse.ANBRINGELSE_IVAERKSAT: Subject.ANBRINGELSE,
}
ENDS: Final[Mapping[Haendelse, Subject]] = {
    Haendelse.INDSATS_OPHOERT: Subject.INDSATS,
    Haendelse.ANBRINGELSE_OPHOERT: Subject.ANBRINGELSE,
    Haendelse.BARN_HJEMGIVET: Subject.ANBRINGELSE,
}
"""What ends one. A child is placed in one place at a time, so that an end of a placement that names
none ends every one; an end of a support that names none ends it where there is only one."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A support or a placement, by the hændelse it began with."""

    id: UUID
    what: Haendelse
    occurred_at: datetime
    key: str
    """Which indsats or placement it is; the hændelse itself where none was named."""


def running(connection: sa.Connection, sag: UUID) -> Sequence[Thing]:
    """Return what runs on a case now, the oldest first; each by the hændelse it began with."""
    return _running(connection, haendelser.c.sag_id == sag)


def is_placed(connection: sa.Connection, child: UUID) -> bool:
    """Tell whether a child is placed now, whichever of its cases the placement is on."""
    its = sa.select(sager.c.id).where(sager.c.child_id == child)
    begun = Haendelse.ANBRINGELSE_IVAERKSAT
    return any(one.what is begun for one in _running(connection, haendelser.c.sag_id.in_(its)))


def may_be_placed(
    connection: sa.Connection, sag: UUID, child: UUID, matters: Collection[str]
) -> bool:
    """Tell, by one question, whether a child was ever placed, or the case has such a decision.

    :param matters: the matters of the decisions it is asked of, whichever state they are in.
    """
    begun = (
        sa.select(haendelser.c.id)
        .join(sager, sager.c.id == haendelser.c.sag_id)
        .where(sager.c.child_id == child, haendelser.c.type == Haendelse.ANBRINGELSE_IVAERKSAT)
    )
    decided = sa.select(afgoerelser.c.skrift_id).where(
        afgoerelser.c.sag_id == sag, afgoerelser.c.matter.in_(sorted(matters))
    )
    return connection.execute(sa.union_all(begun, decided)).first() is not None


def _running(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Sequence[Thing]:
    asked = (
        sa.select(haendelser.c.id, haendelser.c.type, haendelser.c.occurred_at, haendelser.c.data)
        .where(
            where,
            haendelser.c.type.in_(sorted({*BEGINS, *ENDS})),
            stands(),
        )
        .order_by(haendelser.c.occurred_at, haendelser.c.seq)
    )
    found: dict[str, tuple[Subject, Thing]] = {}
    for row in connection.execute(asked):
        what = Haendelse(row.type)
        kind = BEGINS.get(what) or ENDS[what]
        named = json.loads(row.data).get(kind.value)
        if what in BEGINS:
            key = str(named or row.id)
            found.setdefault(key, (kind, Thing(row.id, what, row.occurred_at, key)))
        elif named in found:
            del found[named]
        elif named is None or kind is Subject.ANBRINGELSE:
            same = [key for key, (one, _) in found.items() if one is kind]
            if kind is Subject.ANBRINGELSE or len(same) == 1:
                for key in same:
                    del found[key]
    return [thing for _, thing in found.values()]
