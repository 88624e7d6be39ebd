"""Keep the host's reminders like our deadlines: set when they are warned of, ticked off when met.

Ours are the truth and the host shows a copy, so it is told what has changed since it was last told,
and nothing else: not what is far away, since the host's list is somebody's day too.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.store.deadlines import State
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag.sager import CLOSED as PHASE_CLOSED
from dubu_plugin.store.tables import frister, paamindelser, sager
from dubu_plugin.store.transaction import SYSTEM, Work
from dubu_plugin.usecases.means import Means

AT_A_TIME: Final = 200
SET: Final = "sat"
CLOSED: Final = "lukket"


def copy_to_host(product: Means, now: datetime) -> int:
    """Tell the host what it has not heard of our deadlines, and return how many were told."""
    with product.store.read() as connection:
        waiting = bool(_to_close(connection, 1) or _to_set(connection, now, 1))
    if not waiting:
        return 0
    with product.store.write(actor=SYSTEM, now=now) as work:
        closed = _to_close(work.connection, AT_A_TIME)
        for row in closed:
            _remember(work, row, {"state": CLOSED, "turn": row.turn + 1})
            _tell(work, "complete_reminder", row, row.turn + 1)
        due = _to_set(work.connection, now, AT_A_TIME)
        for row in due:
            turn = (row.turn or 0) + 1
            values = {"due": row.due, "responsible": row.responsible, "state": SET, "turn": turn}
            _remember(work, row, values)
            _tell(work, "set_reminder", row, turn)
    return len(closed) + len(due)


def _to_close(connection: sa.Connection, most: int) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Return what the host still reminds of and is not open any more, or is on a closed case."""
    p = paamindelser
    standing = p.c.state == sa.literal(SET, literal_execute=True)
    return connection.execute(
        sa.select(frister.c.id, frister.c.sag_id, p.c.turn)
        .select_from(
            p.join(frister, frister.c.id == p.c.frist_id).join(
                sager, sager.c.id == frister.c.sag_id
            )
        )
        .where(standing, (frister.c.state != State.AABEN) | (sager.c.phase == PHASE_CLOSED))
        .limit(most)
    ).all()


def _to_set(
    connection: sa.Connection, now: datetime, most: int
) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Return the open deadlines that are warned of and the host says otherwise about, or nothing.

    The case must be open in the host: else there is nothing to hang a reminder on.
    """
    f, p = frister, paamindelser
    rows = connection.execute(
        sa.select(f.c.id, f.c.sag_id, f.c.due, f.c.responsible, p.c.turn)
        .select_from(f.join(sager, sager.c.id == f.c.sag_id).outerjoin(p, p.c.frist_id == f.c.id))
        .where(
            f.c.state == sa.literal(State.AABEN.value, literal_execute=True),
            f.c.due.is_not(None),
            f.c.warn <= now,
            sager.c.host_key.is_not(None),
            sager.c.phase != PHASE_CLOSED,
            sa.or_(
                p.c.frist_id.is_(None),
                p.c.state != SET,
                p.c.due.is_distinct_from(f.c.due),
                p.c.responsible.is_distinct_from(f.c.responsible),
            ),
        )
        .order_by(f.c.due, f.c.id)
        .limit(most)
    )
    return rows.all()


def _remember(work: Work, row: sa.Row[*tuple[Any, ...]], values: dict[str, Any]) -> None:
    p = paamindelser
    if row.turn is None:
        work.connection.execute(sa.insert(p).values(frist_id=row.id, **values))
    else:
        work.connection.execute(sa.update(p).where(p.c.frist_id == row.id).values(**values))


def _tell(work: Work, kind: str, row: sa.Row[*tuple[Any, ...]], turn: int) -> None:
    work.tell(
        kind,
        lane=sag_lane(row.sag_id),
        key=op_key(row.id, f"{kind}:{turn}"),
        payload={"sag": str(row.sag_id), "frist": str(row.id)},
    )
