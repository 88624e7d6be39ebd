"""Say why a deadline was not kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.frister.rule import MISSED
from dubu_plugin.store.tables import frister
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.frist.standing import Place, Stored, acting_on, happened, reason_in


class NotMissed(CaseworkError):
    """The deadline is not overdue, and was not."""

    danish = "Fristen er ikke overskredet, så der er intet at begrunde."


def give_reason(
    frist: UUID, place: Place, reason: str, *, product: Stored, asker: Asker, now: datetime
) -> None:
    """Keep why a deadline was missed. Said again, the newest stands; the hændelser tell of both.

    :raises NoReason: nothing was said.
    :raises NotMissed: there is nothing to give a reason for.
    :raises NotYours: the policy says no, or no such deadline hangs there.
    """
    why = reason_in(reason)
    with acting_on(frist, place, product=product, asker=asker, now=now) as (work, row):
        late = row.kind in MISSED and row.due is not None and row.due < (row.ended_at or now)
        if row.exceeded_at is None and not late:
            raise NotMissed
        keep_reason(work, row, why)


def keep_reason(work: Work, row: Any, why: str) -> None:
    """Keep why a deadline (a row of `frister`) was missed, as said by who acts."""
    work.connection.execute(
        sa.update(frister)
        .where(frister.c.id == row.id)
        .values(
            exceeded_at=row.exceeded_at or row.due,
            exceeded_reason=why,
            exceeded_by_user=work.actor,
            exceeded_reason_at=work.now,
        )
    )
    happened(work, Haendelse.FRIST_BEGRUNDET, row)
