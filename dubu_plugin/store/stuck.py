"""What waits for who has to know: deliveries on their own cases or on what nobody has, letters that
are to be printed, what was to begin by now, births, and what a colleague asks of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker, opens
from dubu_plugin.store import outbox
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.min_dag.birth_waits import (
    DUE_BY,
    BirthWaits,
    birth_waits,
    birth_waits_row,
    due_by,
)
from dubu_plugin.store.min_dag.indsats_waits import (
    SOON,
    TODAY,
    IndsatsWaits,
    indsats_waits,
    indsats_waits_row,
)
from dubu_plugin.store.min_dag.paper_waits import OnPaper, on_paper, paper_row
from dubu_plugin.store.min_dag.skrift_waits import (
    AWAY,
    Presented,
    presented_row,
    presented_to,
    sent_back_to,
)
from dubu_plugin.store.prepared import Prepared
from dubu_plugin.store.tables import sager, underretninger
from dubu_plugin.store.tables.columns import Moment
from dubu_plugin.store.underretning import genvurderinger

MOST: Final = 100
"""So many deliveries are looked at, those that have waited longest."""

_asked_at: Final = attrgetter("asked_at")
_created_at: Final = attrgetter("created_at")
_at: Final = attrgetter("at")
_since: Final = attrgetter("since")
_by: Final = attrgetter("by")
_termin: Final = attrgetter("termin")
NEAR: Final = timedelta(weeks=4)
"""So long before its last day an indsats waits for what is to come after it: time to follow up,
and to decide anew."""


@dataclass(frozen=True, slots=True)
class ToKnow:
    """What waits for somebody."""

    asked: Sequence[genvurderinger.Waiting]
    stuck: Sequence[outbox.Waiting]
    presented: Sequence[Presented] = ()
    """What a caseworker asks a leader to look at, and what a leader asks to have put right."""
    paper: Sequence[OnPaper] = ()
    """The cases whose letters are to be printed and posted."""
    indsatser: Sequence[IndsatsWaits] = ()
    """What was to begin by now and has not, and what ends soon or was to have ended."""
    births: Sequence[BirthWaits] = ()
    """The expected children that a person must say are born, or when they are due."""


def waiting_for(
    connection: sa.Connection,
    who: Asker,
    *,
    slower_than: datetime,
    today: date,
    away: Collection[str] = (),
) -> ToKnow:
    """Return what somebody is asked, and what could not be delivered on what is theirs.

    What nobody has is everybody's in its unit: it must be seen by somebody. One query, and one
    more where anything at all is stuck.

    :param today: the Danish day it is: what is planned was to begin by then.
    :param away: the colleagues they stand in for: what is sent back to those is theirs meanwhile.
    """
    given: dict[str, Any] = {"slower_than": slower_than, "at_most": MOST}
    if opens(who, Act.WRITE, protected=False):
        given |= {AWAY: sorted(away), TODAY: today, SOON: today + NEAR, DUE_BY: due_by(today)}
    rows = _BOTH.rows(connection, who, **given).all()
    asked = sorted((row for row in rows if row.asked_at is not None), key=_asked_at)
    waiting = sorted((row for row in rows if row.key is not None), key=_created_at)
    return ToKnow(
        [genvurderinger.waiting_row(row) for row in asked],
        _theirs(connection, who, [outbox.waiting_row(row) for row in waiting]),
        sorted((presented_row(row) for row in rows if _is_presented(row)), key=_at),
        sorted((paper_row(row) for row in rows if _is_on_paper(row)), key=_since),
        sorted((indsats_waits_row(row) for row in rows if _is_indsats(row)), key=_by),
        sorted(
            (one for row in rows if _is_birth(row) if (one := birth_waits_row(row)).waits(today)),
            key=_termin,
        ),
    )


def _is_presented(row: sa.Row[Any]) -> bool:
    return getattr(row, "skrift", None) is not None


def _is_on_paper(row: sa.Row[Any]) -> bool:
    return getattr(row, "paper_sag", None) is not None


def _is_indsats(row: sa.Row[Any]) -> bool:
    return getattr(row, "waiting_indsats", None) is not None


def _is_birth(row: sa.Row[Any]) -> bool:
    return getattr(row, "birth_sag", None) is not None


def _theirs(
    connection: sa.Connection, who: Asker, waiting: Sequence[outbox.Waiting]
) -> Sequence[outbox.Waiting]:
    if not waiting:
        return ()
    on_cases = _present(row.sag for row in waiting)
    on_underretninger = _present(row.underretning for row in waiting)
    rows = _MINE.rows(connection, who, sager=on_cases, underretninger=on_underretninger)
    mine = set(rows.scalars())
    return [row for row in waiting if {row.sag, row.underretning} & mine]


def _present(numbers: Iterable[UUID | None]) -> list[UUID]:
    return sorted({number for number in numbers if number is not None})


def _both(who: Asker) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """Select the kinds of rows at once, each without what only the others have.

    Only who leads is asked to look at what is written.
    """
    slow = outbox.stuck_rows(sa.bindparam("slower_than", type_=Moment))
    longest = slow.order_by("created_at").limit(sa.bindparam("at_most", type_=sa.Integer))
    kinds = [genvurderinger.asked_of(who).subquery(), longest.subquery()]
    if opens(who, Act.APPROVE, protected=False):
        kinds.append(presented_to(who).subquery())
    if opens(who, Act.WRITE, protected=False):
        kinds += [
            one(who).subquery() for one in (sent_back_to, on_paper, indsats_waits, birth_waits)
        ]
    types = {column.key: column.type for some in kinds for column in some.c}

    def told(some: sa.Subquery) -> sa.Select[*tuple[Any, ...]]:
        return sa.select(
            *(
                some.c[name] if name in some.c else sa.literal(None, types[name]).label(name)
                for name in types
            )
        )

    return sa.union_all(*map(told, kinds))


def _mine(who: Asker) -> sa.CompoundSelect[UUID]:
    return sa.union_all(
        *(
            sa.select(table.c.id).where(
                table.c.id.in_(sa.bindparam(table.name, type_=sa.Uuid(), expanding=True)),
                sa.or_(
                    table.c.responsible == who.key,
                    table.c.responsible.is_(None) & (table.c.unit == who.unit),
                ),
                visible(who, Act.SEARCH),
            )
            for table, visible in (
                (sager, visible_sager),
                (underretninger, visible_underretninger),
            )
        )
    )


_BOTH: Final = Prepared(_both)
_MINE: Final = Prepared(_mine)
