"""End a deadline nobody asks for any more: its rule is gone, or it was opened by mistake."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.deadlines.replacing import NOT_EXCEEDED
from dubu_plugin.store.tables import frister
from dubu_plugin.usecases.frist.standing import (
    IsEnded,
    Place,
    Stored,
    acting_on,
    happened,
    reason_in,
)


class RuleStands(CaseworkError):
    """The rule is in force, so only what happens on the case ends its deadline."""

    danish = "Loven gælder stadig, så fristen kan ikke bortfalde. Gør det, den kræver."


def let_lapse(
    frist: UUID, place: Place, reason: str, *, product: Stored, asker: Asker, now: datetime
) -> None:
    """End a deadline whose rule is in no file any more, or is switched off.

    :raises NoReason: nothing was said of why.
    :raises RuleStands: the rule is in use.
    :raises IsEnded: the deadline is not open.
    :raises NotYours: the policy says no, or no such deadline hangs there.
    """
    why = reason_in(reason)
    with acting_on(frist, place, product=product, asker=asker, now=now) as (work, row):
        if row.state != State.AABEN:
            raise IsEnded
        rule = work.rules.version(row.rule, row.rule_version) or work.rules.newest(row.rule)
        if rule is not None and rule.on:
            raise RuleStands
        recorded = happened(work, Haendelse.FRIST_BORTFALDET, row)
        work.connection.execute(
            sa.update(frister)
            .where(frister.c.id == frist)
            # Nobody should have been asked for it, so that it was missed does not count.
            .values(
                state=State.BORTFALDET,
                ended_at=now,
                ended_by=recorded.id,
                reason=why,
                **NOT_EXCEEDED,
            )
        )
