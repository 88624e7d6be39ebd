"""Meetings: what is booked, who is invited, and how far each calendar has been read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.moede import (
    Hvornaar,
    Invitationsstate,
    Moedeform,
    Moedelinje,
    MoedeState,
    Svar,
)
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.tables import kalender_cursors, moede_deltagere, moeder, sager

LONGEST: Final = 200
"""A place, a name or an address, in characters."""


@dataclass(frozen=True, slots=True)
class Moede:
    """A meeting."""

    id: UUID
    sag_id: UUID
    form: Moedeform
    owner: str
    when: Hvornaar
    state: MoedeState
    sequence: int
    needs: tuple[Moedelinje, ...]
    calendar_version: str | None
    seen: Hvornaar | None
    changed_at: datetime
    version: int

    @property
    def is_on(self) -> bool:
        """Whether it is to be held."""
        return self.state is MoedeState.PLANLAGT


@dataclass(frozen=True, slots=True)
class Deltager:
    """Somebody who is invited."""

    id: UUID
    moede_id: UUID
    name: str = field(repr=False)
    email: str | None = field(repr=False)
    invitation: Invitationsstate
    answer: Svar
    answered_at: datetime | None
    answered_sequence: int | None


def add(
    connection: sa.Connection,
    sag: UUID,
    form: Moedeform,
    owner: str,
    when: Hvornaar,
    *,
    by: str,
    now: datetime,
) -> UUID:
    """Add a meeting that is to be held."""
    new = uuid4()
    connection.execute(
        sa.insert(moeder).values(
            id=new, sag_id=sag, form=form, owner=owner, **_columns(when), state=MoedeState.PLANLAGT,
            sequence=0, created_at=now, created_by=by, changed_at=now, version=1,
        )
    )  # fmt: skip
    return new


def invite(connection: sa.Connection, moede: UUID, name: str, email: str | None) -> UUID:
    """Add somebody who is invited."""
    new = uuid4()
    connection.execute(
        sa.insert(moede_deltagere).values(
            id=new,
            moede_id=moede,
            name=name,
            email=email,
            invitation=Invitationsstate.VENTER if email else Invitationsstate.INGEN,
            answer=Svar.INTET,
        )
    )
    return new


def by_id(connection: sa.Connection, moede: UUID) -> Moede | None:
    """Return a meeting, or None."""
    row = connection.execute(sa.select(moeder).where(moeder.c.id == moede)).one_or_none()
    return None if row is None else _moede(row)


def of_sag(connection: sa.Connection, sag: UUID) -> Sequence[Moede]:
    """Return the meetings of a case, the next first and what has been last."""
    rows = connection.execute(
        sa.select(moeder).where(moeder.c.sag_id == sag).order_by(moeder.c.starts.desc())
    )
    return [_moede(row) for row in rows]


def followed(connection: sa.Connection, *, after: datetime) -> Sequence[Moede]:
    """Return the meetings that stand in a calendar and have not been held."""
    rows = connection.execute(
        sa.select(moeder)
        .where(
            moeder.c.state == MoedeState.PLANLAGT,
            moeder.c.calendar_version.is_not(None),
            moeder.c.ends > after,
        )
        .order_by(moeder.c.owner)
    )
    return [_moede(row) for row in rows]


def needing(connection: sa.Connection, asker: Any, *, limit: int = 50) -> Sequence[Moede]:
    """Return an asker's own meetings with a line a person must look at, the soonest first."""
    rows = connection.execute(
        sa.select(moeder)
        .join(sager, sager.c.id == moeder.c.sag_id)
        .where(moeder.c.owner == asker.key, moeder.c.needs.is_not(None), visible_sager(asker))
        .order_by(moeder.c.starts)
        .limit(limit)
    )
    return [_moede(row) for row in rows]


def deltagere(connection: sa.Connection, *of: UUID) -> Sequence[Deltager]:
    """Return who is invited to some meetings, by name."""
    rows = connection.execute(
        sa.select(moede_deltagere)
        .where(moede_deltagere.c.moede_id.in_(of))
        .order_by(moede_deltagere.c.name, moede_deltagere.c.id)
    )
    return [_deltager(row) for row in rows]


def deltager(connection: sa.Connection, one: UUID) -> Deltager | None:
    """Return somebody who is invited, or None."""
    row = connection.execute(
        sa.select(moede_deltagere).where(moede_deltagere.c.id == one)
    ).one_or_none()
    return None if row is None else _deltager(row)


def rearrange(
    connection: sa.Connection,
    before: Moede,
    *,
    when: Hvornaar | None = None,
    state: MoedeState | None = None,
    now: datetime,
) -> Moede:
    """Give a meeting another time or place, or cancel it, and return it as it is now.

    The sequence rises, and the moment of the change never goes back, whatever the clock does:
    those invited keep what has the highest sequence, and of two with the same the newest. Without
    anything new it is only to be put in the calendar again.
    """
    values: dict[str, Any] = {} if when is None else _columns(when)
    if state is not None:
        values["state"] = state
    if values:
        values["sequence"] = before.sequence + 1
    change(
        connection,
        before.id,
        changed_at=max(now, before.changed_at),
        version=before.version + 1,
        **values,
    )
    if when is not None:
        connection.execute(
            sa.update(moede_deltagere)
            .where(moede_deltagere.c.moede_id == before.id)
            .values(answer=Svar.INTET)
        )
    after = by_id(connection, before.id)
    assert after is not None
    return after


def saw(connection: sa.Connection, moede: UUID, version: str | None, when: Hvornaar | None) -> None:
    """Remember what stands in the calendar now."""
    change(
        connection,
        moede,
        calendar_version=version,
        **_columns(when, "seen_") if when else dict.fromkeys(_SEEN),
    )


def add_lines(connection: sa.Connection, moede: Moede, *lines: Moedelinje) -> None:
    """Have a person look at a meeting."""
    current = by_id(connection, moede.id)
    needs = dict.fromkeys((*(current or moede).needs, *lines))
    change(connection, moede.id, needs=",".join(needs) or None)


def clear_lines(connection: sa.Connection, moede: UUID) -> None:
    """Say that a person has looked."""
    change(connection, moede, needs=None)


def change(connection: sa.Connection, moede: UUID, **values: Any) -> None:
    """Set the named columns of a meeting."""
    connection.execute(sa.update(moeder).where(moeder.c.id == moede).values(**values))


def change_deltager(connection: sa.Connection, one: UUID, **values: Any) -> None:
    """Set the named columns of somebody who is invited."""
    connection.execute(
        sa.update(moede_deltagere).where(moede_deltagere.c.id == one).values(**values)
    )


def cursors(connection: sa.Connection, owners: Collection[str]) -> dict[str, str]:
    """Return how far each calendar has been read."""
    rows = connection.execute(
        sa.select(kalender_cursors.c.employee, kalender_cursors.c.cursor).where(
            kalender_cursors.c.employee.in_(owners)
        )
    )
    return {row.employee: row.cursor for row in rows}


def keep_cursor(connection: sa.Connection, owner: str, cursor: str, *, now: datetime) -> None:
    """Remember how far a calendar has been read."""
    one = kalender_cursors.c.employee == owner
    values = {"cursor": cursor, "read_at": now}
    done = connection.execute(sa.update(kalender_cursors).where(one).values(**values))
    if done.rowcount == 0:
        connection.execute(sa.insert(kalender_cursors).values(employee=owner, **values))


_SEEN: Final = ("seen_starts", "seen_ends", "seen_place")


def _columns(when: Hvornaar, start: str = "") -> dict[str, Any]:
    return {f"{start}{name}": getattr(when, name) for name in ("starts", "ends", "place")}


def _moede(row: Any) -> Moede:
    return Moede(
        row.id,
        row.sag_id,
        Moedeform(row.form),
        row.owner,
        Hvornaar(row.starts, row.ends, row.place),
        MoedeState(row.state),
        row.sequence,
        tuple(Moedelinje(code) for code in row.needs.split(",")) if row.needs else (),
        row.calendar_version,
        Hvornaar(row.seen_starts, row.seen_ends, row.seen_place) if row.seen_starts else None,
        row.changed_at,
        row.version,
    )


def _deltager(row: Any) -> Deltager:
    return Deltager(
        row.id,
        row.moede_id,
        row.name,
        row.email,
        Invitationsstate(row.invitation),
        Svar(row.answer),
        row.answered_at,
        row.answered_sequence,
    )
