"""The reminder that the host has closed a case which has duties left here: one a case, our own.

It is a line of Min dag like any other reminder. The host is not told of it: it said so itself.
"""

from datetime import date
from typing import Final
from uuid import UUID, uuid5

import sqlalchemy as sa

from dubu_plugin.store.min_dag.erindringer import ErindringState, Whom
from dubu_plugin.store.tables import erindringer
from dubu_plugin.store.transaction import SYSTEM, Work

NAMES: Final = UUID("6e0f5f0a-6d0c-5e0b-9a53-0f9f6c3b8a51")


def key_of(sag: UUID) -> UUID:
    """Return the number of the reminder of a case."""
    return uuid5(NAMES, str(sag))


def remind(work: Work, sag: UUID, note: str, day: date, whom: Whom) -> bool:
    """Remind of it, and tell whether this is new.

    What somebody has ticked off stays so until the host has opened the case again.
    """
    e, number = erindringer, key_of(sag)
    values = {"note": note, "day": day, "employee": whom.employee, "unit": whom.unit}
    there = work.connection.execute(sa.select(e).where(e.c.id == number)).one_or_none()
    if there is None:
        work.connection.execute(
            sa.insert(e).values(
                id=number,
                sag_id=sag,
                state=ErindringState.AABEN,
                version=1,
                set_by=SYSTEM,
                set_at=work.now,
                **values,
            )
        )
        return True
    if there.state == ErindringState.AABEN:
        # What is left may be less by now, and another may have the case.
        values.pop("day")
        work.connection.execute(sa.update(e).where(e.c.id == number).values(**values))
        return False
    if there.done_by != SYSTEM:
        return False
    again = {"state": ErindringState.AABEN, "done_by": None, "done_at": None}
    work.connection.execute(
        sa.update(e)
        .where(e.c.id == number)
        .values(version=e.c.version + 1, set_at=work.now, **again, **values)
    )
    return True


def forget(work: Work, sag: UUID) -> bool:
    """Tick it off, and tell whether it stood there: the two are alike again."""
    e = erindringer
    there = work.connection.scalar(sa.select(e.c.state).where(e.c.id == key_of(sag)))
    if there is None:
        return False
    work.connection.execute(
        sa.update(e)
        .where(e.c.id == key_of(sag))
        .values(state=ErindringState.UDFOERT, done_by=SYSTEM, done_at=work.now)
    )
    return bool(there == ErindringState.AABEN)
