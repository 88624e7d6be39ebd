"""How a case stands with talks, consents and requests, in one question: for the panel's few lines.

What is overdue or run out is reckoned by the day it is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.inddragelse import OPEN, SamtaleState, SamtykkeState, UdtalelseState
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.store import outbox
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.keys import sag_lane
from dubu_plugin.store.outbox import Waiting
from dubu_plugin.store.tables import (
    boernesamtale_udgaver,
    boernesamtaler,
    letters,
    maal,
    samtykker,
    skrifter,
    udtalelser,
)
from dubu_plugin.store.tables import outbox as deliveries
from dubu_plugin.store.tables.columns import Moment

MOST: Final = 100
"""So many deliveries are shown, those that have waited longest."""


@dataclass(frozen=True, slots=True)
class Involved:
    """The few figures."""

    last_held: datetime | None
    """When the child was last talked with."""
    omitted: int
    asked: int
    """Consents nobody has answered."""
    given: int
    """Consents in force."""
    waiting: int
    """Requests not ended."""
    overdue: int
    stopped: int
    """Requests that stopped because the consent they rest on was withdrawn."""
    received: int
    around: int
    """Who is around the child."""
    can_step_in: int
    to_print: int
    """Letters that are to be printed and posted."""
    shared: int
    """Goals of the child in plans of its siblings."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of it at all."""
        numbers = (self.omitted, self.asked, self.given, self.waiting, self.received)
        return self.last_held is None and not any(numbers)


FIGURES: Final = len(fields(Involved))


def with_stuck(
    connection: sa.Connection, sag: UUID, child: UUID, today: date, *, slower_than: datetime
) -> tuple[Involved, Sequence[Waiting]]:
    """Return the figures of a case and what could not be delivered on it, in one question.

    :param slower_than: see `dubu_plugin.store.outbox.stuck`.
    """
    given = {
        "sag": sag, "child": child, "today": today, "lane": sag_lane(sag),
        "slower_than": slower_than,
    }  # fmt: skip
    rows = connection.execute(_with_stuck(), given).all()
    found = Involved(*rows[0][:FIGURES])
    return found, [outbox.waiting_row(row) for row in rows if row.key is not None]


@cache
def _with_stuck() -> sa.Select[*tuple[Any, ...]]:
    """Put together once: that takes longer than the answer."""
    figures = _figures().subquery()
    slow = outbox.stuck_rows(sa.bindparam("slower_than", type_=Moment))
    stuck = slow.where(deliveries.c.lane == sa.bindparam("lane")).subquery()
    return (
        sa.select(figures, stuck)
        .select_from(figures.outerjoin(stuck, sa.true()))
        .order_by(stuck.c.created_at)
        .limit(MOST)
    )


def _figures() -> sa.Select[*tuple[Any, ...]]:
    sag, child = (sa.bindparam(name, type_=sa.Uuid()) for name in ("sag", "child"))
    today = sa.bindparam("today", type_=sa.Date())
    b, g, s, u = boernesamtaler.c, boernesamtale_udgaver.c, samtykker.c, udtalelser.c
    newest = sa.and_(g.samtale_id == b.id, g.number == b.version)
    held = sa.and_(b.sag_id == sag, b.state == SamtaleState.HOLDT)
    in_force = sa.and_(s.state == SamtykkeState.GIVET, s.valid_from <= today, s.valid_to >= today)
    unended = sa.and_(u.sag_id == sag, u.state.in_(OPEN))
    return sa.select(
        sa.select(sa.func.max(g.occurred_at))
        .join_from(boernesamtaler, boernesamtale_udgaver, newest)
        .where(held)
        .scalar_subquery()
        .label("last_held"),
        _count(boernesamtaler, b.sag_id == sag, b.state == SamtaleState.UNDLADT).label("omitted"),
        _count(samtykker, s.sag_id == sag, s.state == SamtykkeState.SPURGT).label("asked"),
        _count(samtykker, s.sag_id == sag, in_force).label("given"),
        _count(udtalelser, unended).label("waiting"),
        _count(udtalelser, unended, u.due < today).label("overdue"),
        _count(udtalelser, u.sag_id == sag, u.state == UdtalelseState.STANDSET).label("stopped"),
        _count(udtalelser, u.sag_id == sag, u.state == UdtalelseState.MODTAGET).label("received"),
        netvaerk.number_of(child, today).label("around"),
        netvaerk.number_who_step_in(child, today).label("can_step_in"),
        _count(
            letters,
            letters.c.sag_id == sag,
            letters.c.underretning_id.is_(None),
            letters.c.state == LetterState.TIL_PRINT,
        ).label("to_print"),
        _count(
            maal,
            maal.c.person_id == child,
            sa.exists().where(skrifter.c.id == maal.c.skrift_id, skrifter.c.sag_id != sag),
        ).label("shared"),
    )


def _count(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(table).where(*where).scalar_subquery()
