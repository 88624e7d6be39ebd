"""What runs on a case: the supports and placements that have begun and not ended."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.indsatser import Help
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
none ends every one but a newer one beside it, and coming home ends every one; an end of a support
that names none ends it where there is only one."""


TAKEN_OVER: Final = "afloest"
"""What the end of a placement says where another takes over from it: the child is placed still."""

PLACES: Final = ("anbringelse_samtykke", "anbringelse_uden", "anbringelse_ufoedt")
"""Matters by which a child is placed (§§ 46, 47 and 49)."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A support or a placement, by the hændelse it began with."""

    id: UUID
    what: Haendelse
    occurred_at: datetime
    key: str
    """Which indsats or placement it is; the hændelse itself where none was named."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the hændelse says."""


def running(connection: sa.Connection, sag: UUID) -> Sequence[Thing]:
    """Return what runs on a case now, the oldest first; each by the hændelse it began with."""
    return _running(connection, haendelser.c.sag_id == sag)


def is_placed(
    connection: sa.Connection, child: UUID, *, besides: Collection[str] = frozenset()
) -> bool:
    """Tell whether a child is placed now, whichever of its cases the placement is on.

    :param besides: the keys of placements that do not count.
    """
    its = sa.select(sager.c.id).where(sager.c.child_id == child)
    begun = Haendelse.ANBRINGELSE_IVAERKSAT
    runs = _running(connection, haendelser.c.sag_id.in_(its))
    return any(one.what is begun and one.key not in besides for one in runs)


def may_be_placed(
    sag: sa.ColumnElement[UUID] | UUID, child: sa.ColumnElement[UUID] | UUID
) -> sa.ColumnElement[bool]:
    """Return the condition that a child was ever placed, or that its case has a decision on it, in
    whichever state that is: where neither is so, nothing more need be asked."""
    one = sager.alias()
    begun = sa.exists().where(
        one.c.child_id == child,
        haendelser.c.sag_id == one.c.id,
        haendelser.c.type == Haendelse.ANBRINGELSE_IVAERKSAT,
    )
    decided = sa.exists().where(afgoerelser.c.sag_id == sag, afgoerelser.c.matter.in_(PLACES))
    return sa.or_(begun, decided)


def was_ever_supported(connection: sa.Connection, child: UUID) -> bool:
    """Tell whether support or a placement (§§ 32, 46 and 47) was ever put in motion for a child, on
    any of its cases, also what has ended since (barnets lov § 21, stk. 5)."""
    begun = sa.select(haendelser.c.type, haendelser.c.data).where(
        haendelser.c.sag_id.in_(sa.select(sager.c.id).where(sager.c.child_id == child)),
        haendelser.c.type.in_(sorted(BEGINS)),
        stands(),
    )
    return any(
        Haendelse(row.type) is Haendelse.ANBRINGELSE_IVAERKSAT
        or json.loads(row.data).get("hjaelp") == Help.STOETTE
        for row in connection.execute(begun)
    )


def _running(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Sequence[Thing]:
    asked = (
        sa.select(haendelser.c.id, haendelser.c.type, haendelser.c.occurred_at, haendelser.c.data)
        .where(where, haendelser.c.type.in_(sorted({*BEGINS, *ENDS})), stands())
        .order_by(haendelser.c.occurred_at, haendelser.c.seq)
    )
    return left(connection.execute(asked))


def left(rows: Iterable[sa.Row[Any]], until: datetime | None = None) -> Sequence[Thing]:
    """Return what runs by what happened, the oldest first.

    :param rows: hændelser with their id, type, moment and data, the oldest first.
    :param until: only what happened before that moment counts; None is everything.
    """
    found: dict[str, tuple[Subject, Thing]] = {}
    for row in rows:
        if until is not None and row.occurred_at >= until:
            break
        what = Haendelse(row.type)
        if what in BEGINS:
            _begins(found, what, row)
        elif what in ENDS:
            for key in _ended(found, what, json.loads(row.data).get(ENDS[what].value)):
                del found[key]
    return [thing for _, thing in found.values()]


def ended(told: Iterable[tuple[Haendelse, Mapping[str, Any]]]) -> Sequence[tuple[int, int]]:
    """Return what has ended of what happened: where in it that began, and where it ended.

    :param told: what happened and its data, the oldest first.
    """
    runs: dict[str, tuple[Subject, int]] = {}
    over: list[tuple[int, int]] = []
    for at, (what, data) in enumerate(told):
        if what in BEGINS:
            kind = BEGINS[what]
            runs.setdefault(str(data.get(kind.value) or at), (kind, at))
        elif what in ENDS:
            for key in _ended(runs, what, data.get(ENDS[what].value)):
                over.append((runs.pop(key)[1], at))
    return over


def _begins(found: dict[str, tuple[Subject, Thing]], what: Haendelse, row: sa.Row[Any]) -> None:
    kind, data = BEGINS[what], json.loads(row.data)
    key = str(data.get(kind.value) or row.id)
    found.setdefault(key, (kind, Thing(row.id, what, row.occurred_at, key, data)))


def _ended(
    found: Mapping[str, tuple[Subject, object]], what: Haendelse, named: str | None
) -> Sequence[str]:
    """Return the keys of what an end ends of what runs."""
    kind = ENDS[what]
    if named in found and what is not Haendelse.BARN_HJEMGIVET:
        return [str(named)]
    if named is not None and kind is not Subject.ANBRINGELSE:
        return []
    same = [key for key, (one, _) in found.items() if one is kind]
    if what is Haendelse.ANBRINGELSE_OPHOERT and len(same) > 1:
        same.pop()  # a child is placed anew before the old place is told to have ended
    return same if kind is Subject.ANBRINGELSE or len(same) == 1 else []
