"""What could not be delivered, for who has to know: on their own cases, or on what nobody has."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.store import outbox
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.tables import sager, underretninger


def stuck_for(
    connection: sa.Connection, who: Asker, *, slower_than: datetime
) -> Sequence[outbox.Waiting]:
    """Return what could not be delivered on this asker's own cases and underretninger.

    What nobody has is everybody's in its unit: it must be seen by somebody.
    """
    waiting = outbox.stuck(connection, slower_than=slower_than)
    if not waiting:
        return ()
    mine = set(
        connection.scalars(
            sa.union_all(
                *(
                    sa.select(table.c.id).where(
                        table.c.id.in_(_present(getattr(row, name) for row in waiting)),
                        sa.or_(
                            table.c.responsible == who.key,
                            table.c.responsible.is_(None) & (table.c.unit == who.unit),
                        ),
                        visible(who, Act.SEARCH),
                    )
                    for name, table, visible in (
                        ("sag", sager, visible_sager),
                        ("underretning", underretninger, visible_underretninger),
                    )
                )
            )
        )
    )
    return [row for row in waiting if {row.sag, row.underretning} & mine]


def _present(numbers: Iterable[UUID | None]) -> list[UUID]:
    return sorted({number for number in numbers if number is not None})
