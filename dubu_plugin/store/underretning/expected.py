"""Whether an underretning is about a child that was expected: the law then asks for other things.

What was right as it was first assessed stays right when the child is born: no talk is owed for what
was told before birth, and the expectant parents' undersøgelse stays theirs (barnets lov §§ 24-27).
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import is_unborn
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store.tables import personer, vurderinger


def first_assessed(connection: sa.Connection, underretning: UUID) -> datetime | None:
    """Return when an underretning was first assessed; a correction does not move it."""
    first: datetime | None = connection.scalar(_first(underretning))
    return first


def is_about_unborn(
    connection: sa.Connection, underretning: UUID, child: UUID | None, today: date
) -> bool:
    """Tell whether a child was not born on the day the underretning was first assessed.

    :param child: who it is about, or may be.
    :param today: stands for that day where it is not assessed yet.
    """
    first = _first(underretning).scalar_subquery().label("first")
    person = sa.select(personer.c.born, personer.c.due_date, first).where(personer.c.id == child)
    row = connection.execute(person).one_or_none()
    if row is None:
        return False
    return is_unborn(row.born, row.due_date, danish_day(row.first) if row.first else today)


def _first(underretning: UUID) -> sa.Select[datetime]:
    return sa.select(sa.func.min(vurderinger.c.assessed_at)).where(
        vurderinger.c.underretning_id == underretning
    )
