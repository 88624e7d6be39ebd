"""What is planned whose first day has come, what runs whose last day is near, or has gone, and what
runs though the decision it rests on is not in force any more (retssikkerhedsloven § 68)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.afgoerelser import FALLEN, AfgoerelseState
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.min_dag.skrift_waits import AWAY
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import afgoerelser, indsatser, personer, sager
from dubu_plugin.store.tables.columns import word

TODAY: Final = "today"
"""The parameter that is the Danish day it is."""
SOON: Final = "soon"
"""The parameter that is the last day an end is near by."""


@dataclass(frozen=True, slots=True)
class IndsatsWaits:
    """An indsats that should have begun, that ends, or that rests on nothing any more."""

    indsats: UUID
    sag: UUID
    code: str
    starts_on: date
    ends_on: date | None
    """The last day of one that runs; None where it is planned."""
    child_name: str = field(repr=False)
    termin: date | None
    """When the child is expected, where it is not born."""
    fallen: AfgoerelseState | None = None
    """What became of the decision it runs by, where that is not in force any more."""

    @property
    def by(self) -> date:
        """The day it waits for; of what rests on nothing the first: it should not wait."""
        return self.starts_on if self.fallen else self.ends_on or self.starts_on


def indsats_waits(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    """Select what should have begun, what ends and what rests on nothing on the cases of somebody,
    of those they stand in for and of nobody in their unit."""
    nobodys = sa.and_(sager.c.responsible.is_(None), sager.c.unit == who.unit)
    away = sager.c.responsible.in_(sa.bindparam(AWAY, type_=word(), expanding=True))
    runs = indsatser.c.state == IndsatsState.I_GANG
    fallen = sa.and_(runs, afgoerelser.c.state.in_(sorted(FALLEN)))
    return (
        sa.select(
            indsatser.c.id.label("waiting_indsats"),
            indsatser.c.sag_id.label("waiting_sag"),
            indsatser.c.code.label("waiting_code"),
            indsatser.c.starts_on.label("waiting_from"),
            sa.case((runs, indsatser.c.expected_end)).label("waiting_to"),
            sa.case((fallen, afgoerelser.c.state)).label("waiting_fallen"),
            personer.c.name,
            sa.case((personer.c.born.is_(None), personer.c.due_date)).label("termin"),
        )
        .join_from(indsatser, sager, sager.c.id == indsatser.c.sag_id)
        .join(personer, personer.c.id == sager.c.child_id)
        .outerjoin(afgoerelser, afgoerelser.c.skrift_id == indsatser.c.afgoerelse_id)
        .where(
            sa.or_(
                sa.and_(
                    indsatser.c.state == IndsatsState.PLANLAGT,
                    indsatser.c.starts_on <= sa.bindparam(TODAY, type_=sa.Date),
                ),
                sa.and_(runs, indsatser.c.expected_end <= sa.bindparam(SOON, type_=sa.Date)),
                fallen,
            ),
            sager.c.phase != CLOSED,
            sa.or_(sager.c.responsible == who.key, away, nobodys),
            visible_sager(who, Act.WRITE),
        )
    )


def indsats_waits_row(row: sa.Row[Any]) -> IndsatsWaits:
    """Return a row of `indsats_waits`."""
    return IndsatsWaits(
        row.waiting_indsats, row.waiting_sag, row.waiting_code, row.waiting_from, row.waiting_to,
        row.name, row.termin, AfgoerelseState(row.waiting_fallen) if row.waiting_fallen else None,
    )  # fmt: skip
