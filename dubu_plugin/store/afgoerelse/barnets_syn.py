"""Where the child's view of a decision comes from: what was said, when, and before or after it was
begun to be prepared (barnets lov § 5, stk. 3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.tables import afgoerelser, haendelser, skrift_versioner, skrifter

VIEWS: Final = (H.BOERNESAMTALE_HOLDT, H.BARNETS_HOLDNING_INDHENTET)
"""What tells that the child's view is there."""
VIEW_LASTS: Final = timedelta(days=183)
"""So long a view can be used at all. The law gives no number; half a year is ours."""


@dataclass(frozen=True, slots=True)
class Syn:
    """When the child's view was obtained."""

    since: date | None = None
    """The newest Danish day since the decision was begun to be prepared, that day too; no older
    than `VIEW_LASTS`."""
    before: date | None = None
    """The newest day before that, no older either."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text was fetched from."""

    kind: SkriftKind
    day: date
    """The Danish day it was approved or made; of one that is written in, the day it was begun."""


def known(
    connection: sa.Connection,
    sag: UUID,
    prepared_at: datetime,
    now: datetime,
    *,
    fetched: UUID | None,
) -> tuple[Syn, Source | None]:
    """Return when the child's view was obtained, as it stands on the case, and where a text was
    fetched from.

    What a decision records of itself is no talk: it renews nothing.

    :param now: when it is to be there, which may have been.
    :param fetched: the skrift the text names; None where it was written here.
    """
    its = haendelser.c
    first = start_of_day(danish_day(prepared_at))
    newest = sa.select(sa.func.max(its.occurred_at)).where(
        its.sag_id == sag,
        its.type.in_(VIEWS),
        its.occurred_at >= now - VIEW_LASTS,
        its.occurred_at <= now,
        its.data.not_like('%"afgoerelse"%'),
        stands(),
    )
    asked: list[sa.ColumnElement[Any]] = [
        newest.where(its.occurred_at >= first).scalar_subquery().label("since"),
        newest.where(its.occurred_at < first).scalar_subquery().label("before"),
    ]
    if fetched is not None:
        asked += _source(fetched)
    row = connection.execute(sa.select(*asked)).one()
    obtained = Syn(
        since=danish_day(row.since) if row.since else None,
        before=danish_day(row.before) if row.before else None,
    )
    if fetched is None or row.kind is None:
        return obtained, None
    day = row.decided_on or danish_day(row.approved_at or row.begun_at)
    return obtained, Source(SkriftKind(row.kind), day)


def _source(skrift: UUID) -> list[sa.ColumnElement[Any]]:
    its, version = skrifter.c, skrift_versioner.c
    approved = sa.select(sa.func.max(version.approved_at)).where(version.skrift_id == skrift)
    decided = sa.select(afgoerelser.c.decided_on).where(afgoerelser.c.skrift_id == skrift)
    return [
        sa.select(its.kind).where(its.id == skrift).scalar_subquery().label("kind"),
        sa.select(its.begun_at).where(its.id == skrift).scalar_subquery().label("begun_at"),
        approved.scalar_subquery().label("approved_at"),
        decided.scalar_subquery().label("decided_on"),
    ]
