"""What has happened on a case: a page of it, and what its course is read from."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.forloeb import TELLS, Fact
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.skriftgang import WRITING
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.sag.rettelser import is_taken_back
from dubu_plugin.store.tables import employees, frister, haendelser, underretninger

SHOWN: Final = 12
"""How many lines of what has happened are shown at first."""

COURSE: Final = TELLS | WRITING | {Haendelse.INDSATS_SKREVET_IND}
"""What the course of a case is read from, and which of its indsatser have a page."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    what: Haendelse
    at: datetime
    actor_name: str | None
    underretning: UUID | None
    data: dict[str, Any]
    taken_back: bool = False
    """Somebody took it back or put it right since, or a deadline is counted so that it is not."""
    counted_from: datetime | None = None
    """From when a deadline is counted that was put right."""


@dataclass(frozen=True, slots=True)
class Told:
    """What has happened on a case: a page of it, and everything its course is read from."""

    shown: Sequence[Event]
    """The page, the newest first."""
    more: bool
    """There is more than the pages until this one."""
    course: Sequence[Fact]
    """In the order it happened, and was recorded where that is the same moment; with what happened
    to the skrifter of the case."""


def events(connection: sa.Connection, sag: UUID, *, page: int = 1, per_page: int = SHOWN) -> Told:
    """Return what has happened on the case."""
    given = {"sag": sag, "at_most": per_page + 1, "before": (page - 1) * per_page}
    rows = connection.execute(_events(), given).all()
    shown = [row for row in rows if row.here is not None]
    return Told(
        [
            Event(
                Haendelse(row.type),
                row.recorded_at if row.type == Haendelse.FRIST_RETTET else row.occurred_at,
                row.actor_name,
                row.underretning_id,
                json.loads(row.data),
                bool(row.taken_back or row.never_missed),
                row.occurred_at if row.type == Haendelse.FRIST_RETTET else None,
            )
            for row in shown[:per_page]
        ],
        len(shown) > per_page,
        [
            _fact(row)
            for row in sorted(rows, key=lambda row: (row.occurred_at, row.seq))
            if not row.taken_back and not row.moved and row.type in COURSE
        ],
    )


def courses(connection: sa.Connection, which: Collection[UUID]) -> Mapping[UUID, Sequence[Fact]]:
    """Return what the course of each of some cases is read from, as `Told.course` has it."""
    h = haendelser.c
    found: dict[UUID, list[Fact]] = {sag: [] for sag in which}
    if not found:
        return found
    rows = connection.execute(
        sa.select(h.seq, h.type, h.occurred_at, h.underretning_id, h.data, h.sag_id)
        .select_from(haendelser.outerjoin(underretninger, underretninger.c.id == h.underretning_id))
        .where(
            h.sag_id.in_(list(found)),
            h.type.in_(sorted(COURSE)),
            sa.not_(is_taken_back()),
            sa.or_(underretninger.c.sag_id.is_(None), underretninger.c.sag_id == h.sag_id),
        )
        .order_by(h.occurred_at, h.seq)
    )
    for row in rows:
        found[row.sag_id].append(_fact(row))
    return found


def _fact(row: sa.Row[*tuple[Any, ...]]) -> Fact:
    return Fact(
        Haendelse(row.type), row.occurred_at, json.loads(row.data), row.seq,
        str(row.underretning_id or ""),
    )  # fmt: skip


@cache
def _events() -> sa.Select[*tuple[Any, ...]]:
    """One question for both: the page, and the few hændelser that make the course."""
    h, sag = haendelser.c, sa.bindparam("sag", type_=sa.Uuid())
    order = SHOWN_AT.desc(), h.seq.desc()
    here = (
        sa.select(h.seq)
        .where(h.sag_id == sag)
        .order_by(*order)
        .limit(sa.bindparam("at_most", type_=sa.Integer()))
        .offset(sa.bindparam("before", type_=sa.Integer()))
        .subquery()
    )
    return (
        sa.select(
            h.seq, h.type, h.occurred_at, h.recorded_at, h.underretning_id, h.data,
            employees.c.name.label("actor_name"),
            is_taken_back().label("taken_back"),
            never_missed().label("never_missed"),
            here.c.seq.label("here"),
            # What was moved to another case since is no part of this one's course.
            sa.case((underretninger.c.sag_id != h.sag_id, 1), else_=0).label("moved"),
        )
        .select_from(
            haendelser.outerjoin(employees, employees.c.key == h.actor)
            .outerjoin(underretninger, underretninger.c.id == h.underretning_id)
            .outerjoin(here, here.c.seq == h.seq)
        )
        .where(h.sag_id == sag, sa.or_(here.c.seq.is_not(None), h.type.in_(sorted(COURSE))))
        .order_by(*order)
    )  # fmt: skip


SHOWN_AT: Final = sa.case(
    (haendelser.c.type == Haendelse.FRIST_RETTET, haendelser.c.recorded_at),
    else_=haendelser.c.occurred_at,
)
"""A deadline put right occurred when its clock started: that it was put right is news of the day
somebody did so."""


def never_missed() -> sa.ColumnElement[bool]:
    """Return the condition of hændelser that tell of a missed deadline which, as it is counted now,
    was not missed."""
    told = frister.c.exceeded_id == haendelser.c.id
    counted_anew = frister.c.state == State.AFLOEST
    return sa.and_(
        haendelser.c.type == Haendelse.FRIST_OVERSKREDET,
        sa.exists().where(told, counted_anew),
        ~sa.exists().where(told, sa.not_(counted_anew)),
    )
