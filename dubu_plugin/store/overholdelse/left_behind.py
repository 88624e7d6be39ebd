"""What is with somebody who has left, and the cases that nobody has."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.min_dag.due_query import teams_of
from dubu_plugin.store.min_dag.erindringer import ErindringState
from dubu_plugin.store.sag.sager import APPLIED, CLOSED, RECEIVED
from dubu_plugin.store.staff import does_casework
from dubu_plugin.store.tables import (
    aktivitetsplaner,
    employees,
    erindringer,
    frister,
    haendelser,
    personer,
    sager,
    underretninger,
)
from dubu_plugin.store.underretning.underretninger import NEW
from dubu_plugin.store.unit_names import employee_names

LEFT: Final = "rejst"
OTHER_WORK: Final = "andet_arbejde"
"""What a hændelse says of why something was given on: who had it works here no more, or still
does, in a role that has no cases."""
MOST: Final = 100
"""So many cases are listed."""


@dataclass(frozen=True, slots=True)
class NobodysCase:
    """An open case that nobody has."""

    sag: UUID
    unit: str | None
    opened_at: datetime
    child_name: str | None = field(repr=False)
    had_it: str = field(repr=False)
    """The name of who had it and has left; empty where nobody had it."""
    works_again: bool = False
    """Who had it works on cases again: what the host says of this one is asked for."""


def gone(connection: sa.Connection) -> frozenset[str]:
    """Return everybody who has left."""
    return frozenset(connection.scalars(leavers()))


def why_gone(connection: sa.Connection) -> Mapping[str, str]:
    """Return why everybody who has left has: what a hændelse says of it."""
    e = employees.c
    rows = connection.execute(sa.select(e.key, e.active).where(sa.not_(does_casework())))
    return {row.key: OTHER_WORK if row.active else LEFT for row in rows}


def who_left(connection: sa.Connection, sag: UUID | None = None) -> Mapping[UUID, str]:
    """Return who had each open case that nobody has, and left it, by the case.

    :param sag: only this one.
    """
    h = haendelser.c
    waiting = (
        sa.select(h.sag_id, h.data)
        .join(sager, sager.c.id == h.sag_id)
        .where(sager.c.responsible.is_(None), sager.c.phase != CLOSED)
    )
    return _last_had(connection, waiting if sag is None else waiting.where(h.sag_id == sag))


def underretninger_of_gone(connection: sa.Connection, limit: int) -> Sequence[UUID]:
    """Return some open underretninger that are with somebody who has left."""
    one = underretninger.c
    mine = sa.and_(one.responsible.in_(leavers()), one.closed_at.is_(None))
    return connection.scalars(sa.select(one.id).where(mine).order_by(one.id).limit(limit)).all()


def sager_of_gone(connection: sa.Connection, limit: int) -> Sequence[UUID]:
    """Return some open cases that are with somebody who has left."""
    mine = sa.and_(sager.c.responsible.in_(leavers()), sager.c.phase != CLOSED)
    found = sa.select(sager.c.id).where(mine).order_by(sager.c.id).limit(limit)
    return connection.scalars(found).all()


def loose_of_gone(connection: sa.Connection) -> bool:
    """Tell whether a deadline or a plan is with somebody who has left, whatever it hangs on."""
    return bool(
        connection.scalar(
            sa.select(
                sa.or_(
                    *(
                        sa.exists().where(table.c.responsible.in_(leavers()), open_)
                        for table, open_ in _LOOSE
                    )
                )
            )
        )
    )


def let_loose_go(connection: sa.Connection) -> None:
    """Leave to their units the deadlines and plans of those who have left."""
    for table, open_ in _LOOSE:
        connection.execute(
            sa.update(table)
            .where(table.c.responsible.in_(leavers()), open_)
            .values(responsible=None)
        )


def erindringer_of_gone(connection: sa.Connection, limit: int) -> Sequence[tuple[UUID, str]]:
    """Return some reminders on cases that are for somebody who has left, and the case's unit."""
    one = erindringer.c
    rows = connection.execute(
        sa.select(one.id, sager.c.unit)
        .join(sager, sager.c.id == one.sag_id)
        .where(
            one.employee.in_(leavers()),
            one.state == ErindringState.AABEN,
            sager.c.unit.is_not(None),
        )
        .order_by(one.id)
        .limit(limit)
    )
    return [(row.id, row.unit) for row in rows]


def nobodys_cases(connection: sa.Connection, who: Asker) -> Sequence[NobodysCase]:
    """Return the open cases nobody has in the units somebody leads, the oldest first.

    Two queries, and two more where somebody has left.
    """
    rows = connection.execute(
        sa.select(sager.c.id, sager.c.unit, sager.c.opened_at, personer.c.name)
        .join(personer, personer.c.id == sager.c.child_id)
        .where(_nobodys(who))
        .order_by(sager.c.opened_at, sager.c.id)
        .limit(MOST)
    ).all()
    given_on = sa.select(haendelser.c.sag_id, haendelser.c.data).where(
        haendelser.c.sag_id.in_([row.id for row in rows])
    )
    had = _last_had(connection, given_on)
    names = employee_names(connection, sorted(set(had.values())))
    left = gone(connection) if had else frozenset()
    return [
        NobodysCase(
            row.id, row.unit, row.opened_at, row.name, names.get(had.get(row.id, ""), ""),
            row.id in had and had[row.id] not in left,
        )
        for row in rows
    ]  # fmt: skip


def number_of_nobodys(connection: sa.Connection, who: Asker) -> int:
    """Return how many `nobodys_cases` lists, one more than `MOST` at most."""
    some = sa.select(sager.c.id).where(_nobodys(who)).limit(MOST + 1)
    return connection.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0


def number_in_all(connection: sa.Connection) -> int:
    """Return how many open cases in the municipality nobody has who works here."""
    nobody = sa.or_(sager.c.responsible.is_(None), sager.c.responsible.in_(leavers()))
    asked = sa.select(sa.func.count()).select_from(sager).where(nobody, _is_begun())
    return connection.scalar(asked) or 0


def _is_begun() -> sa.ColumnElement[bool]:
    """Return the condition of an open case that does not only wait for its first assessment: who
    makes that gets the case, and till then the underretning is what nobody has taken."""
    one = underretninger.alias()
    waits = sa.exists().where(one.c.sag_id == sager.c.id, one.c.state == NEW)
    return sa.and_(
        sager.c.phase != CLOSED, sa.not_(sa.and_(sager.c.step.in_((APPLIED, RECEIVED)), waits))
    )


def _nobodys(who: Asker) -> sa.ColumnElement[bool]:
    return sa.and_(
        sager.c.responsible.is_(None),
        _is_begun(),
        sager.c.unit.in_(teams_of(who)),
        visible_sager(who, Act.SEARCH),
    )


def _last_had(connection: sa.Connection, given_on: sa.Select[UUID | None, str]) -> dict[UUID, str]:
    """Return who had each case and has left, by the case.

    :param given_on: asks for the key of the case and what was told, of hændelser.
    """
    h = haendelser.c
    rows = connection.execute(given_on.where(h.type == Haendelse.SAG_GIVET_VIDERE).order_by(h.seq))
    last = {row.sag_id: json.loads(row.data) for row in rows}
    return {
        sag: data["fra"]
        for sag, data in last.items()
        if data.get("grund") in (LEFT, OTHER_WORK) and data.get("fra")
    }


def leavers() -> sa.Select[str]:
    """Return the query for everybody who has left, or may work on no case any more."""
    return sa.select(employees.c.key).where(sa.not_(does_casework()))


_LOOSE: Final = (
    (frister, frister.c.state == sa.literal(State.AABEN.value, literal_execute=True)),
    (aktivitetsplaner, aktivitetsplaner.c.state == sa.literal("i_gang", literal_execute=True)),
)
