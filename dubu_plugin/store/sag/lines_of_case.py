"""What hangs on a case and goes with it when the case gets another: its deadlines, what came in."""

from typing import Any

import sqlalchemy as sa

from dubu_plugin.store.deadlines import State
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.tables import frister, underretninger


def follow(
    connection: sa.Connection,
    before: Sag,
    *,
    responsible: str | None,
    unit: str | None,
    protected: bool,
) -> None:
    """Give the open deadlines and underretninger of a case to who has the case now.

    Only those that were the case's own: what was given to somebody else, such as the unit on call,
    stays with them. An underretning that is protected for its own sake stays so.

    :param before: the case as it was.
    """
    for table, open_ in (
        (frister, frister.c.state == State.AABEN),
        (underretninger, underretninger.c.closed_at.is_(None)),
    ):
        connection.execute(
            sa.update(table)
            .where(table.c.sag_id == before.id, open_, _the_cases_own(table, before))
            .values(responsible=responsible, unit=unit)
        )
    if protected != before.protected:
        connection.execute(
            sa.update(underretninger)
            .where(
                underretninger.c.sag_id == before.id,
                underretninger.c.closed_at.is_(None),
                underretninger.c.protected.is_(before.protected),
            )
            .values(protected=protected)
        )


def _the_cases_own(table: Any, before: Sag) -> sa.ColumnElement[bool]:
    """Return the condition of what was with who had the case, or lay in its unit with nobody."""
    mine: sa.ColumnElement[bool] = table.c.responsible.is_(None) & (table.c.unit == before.unit)
    if before.responsible is not None:
        mine |= table.c.responsible == before.responsible
    return mine
