"""How a case stands with talks, consents and requests, in one question: for the panel's few lines.

What is overdue or run out is reckoned by the day it is asked.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.inddragelse import OPEN, SamtaleState, SamtykkeState, UdtalelseState
from dubu_plugin.store.tables import (
    boernesamtale_udgaver,
    boernesamtaler,
    samtykker,
    udtalelser,
)


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

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of it at all."""
        numbers = (self.omitted, self.asked, self.given, self.waiting, self.received)
        return self.last_held is None and not any(numbers)


def of_sag(connection: sa.Connection, sag: UUID, today: date) -> Involved:
    """Return the figures of a case."""
    b, g, s, u = boernesamtaler.c, boernesamtale_udgaver.c, samtykker.c, udtalelser.c
    newest = sa.and_(g.samtale_id == b.id, g.number == b.version)
    held = sa.and_(b.sag_id == sag, b.state == SamtaleState.HOLDT)
    consent = sa.and_(s.sag_id == sag)
    request = sa.and_(u.sag_id == sag)
    in_force = sa.and_(s.state == SamtykkeState.GIVET, s.valid_from <= today, s.valid_to >= today)
    row = connection.execute(
        sa.select(
            sa.select(sa.func.max(g.occurred_at))
            .join_from(boernesamtaler, boernesamtale_udgaver, newest)
            .where(held)
            .scalar_subquery(),
            _count(boernesamtaler, sa.and_(b.sag_id == sag, b.state == SamtaleState.UNDLADT)),
            _count(samtykker, sa.and_(consent, s.state == SamtykkeState.SPURGT)),
            _count(samtykker, sa.and_(consent, in_force)),
            _count(udtalelser, sa.and_(request, u.state.in_(OPEN))),
            _count(udtalelser, sa.and_(request, u.state.in_(OPEN), u.due < today)),
            _count(udtalelser, sa.and_(request, u.state == UdtalelseState.STANDSET)),
            _count(udtalelser, sa.and_(request, u.state == UdtalelseState.MODTAGET)),
        )
    ).one()
    return Involved(*row)


def _count(table: sa.Table, where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(table).where(where).scalar_subquery()
