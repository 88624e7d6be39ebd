"""Put right when a deadline's clock started. What it was before is kept beside it."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.deadlines import STANDING
from dubu_plugin.store.deadlines.ending import start_anew
from dubu_plugin.usecases.frist.standing import (
    IsEnded,
    Place,
    Stored,
    acting_on,
    happened,
    reason_in,
)


class StartsLater(CaseworkError):
    """The clock would have started after now."""

    danish = "Uret kan ikke være startet senere end nu. Ret tidspunktet."


class CorrectedElsewhere(CaseworkError):
    """The moment belongs to something else, which several deadlines are counted from."""

    danish = (
        "Fristen følger det, den er regnet fra. Ret tidspunktet dér: på underretningen, "
        "afgørelsen eller barnets oplysninger."
    )


def correct_anchor(
    frist: UUID,
    place: Place,
    started: datetime,
    reason: str,
    *,
    product: Stored,
    asker: Asker,
    now: datetime,
) -> UUID | None:
    """Count a deadline from another moment, and return the key of the one that stands now.

    None where no version of the rule was in force then: the deadline was never there.

    :raises NoReason: nothing was said of why.
    :raises StartsLater: the moment lies after now.
    :raises CorrectedElsewhere: the moment is that of the underretning, a birthday, or a date that
        was said.
    :raises IsEnded: the deadline does not stand any more.
    :raises NotYours: the policy says no, or no such deadline hangs there.
    """
    why = reason_in(reason)
    if started > now:
        raise StartsLater
    with acting_on(frist, place, product=product, asker=asker, now=now) as (work, row):
        if row.state not in STANDING:
            raise IsEnded
        rule = work.rules.version(row.rule, row.rule_version) or work.rules.newest(row.rule)
        if rule is None or rule.corrected_by or rule.age is not None or rule.due_fact:
            raise CorrectedElsewhere
        if started == row.anchor_at:
            return frist
        said = {rule.from_fact: started.isoformat()} if rule.from_fact else {}
        recorded = happened(
            work, Haendelse.FRIST_RETTET, row, at=started, foer=row.anchor_at.isoformat(), **said
        )
        return start_anew(work.connection, work.rules, row, started, recorded.id, now, reason=why)
