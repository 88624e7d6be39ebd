"""When the goals of a plan are looked at next: at the opfølgning that comes (barnets lov § 95)."""

from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.plan import maal
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import At, Written
from dubu_plugin.store.tables import frister
from dubu_plugin.store.transaction import Work

MEETS: Final[At] = (WHOLE, "min_moedes")
"""Where it is written in the child's own plan when they meet again."""

FOLLOW_UPS: Final = ("OPF-1", "OPF-N")
"""The deadlines of § 95."""


def next_follow_up(work: Work, sag: UUID) -> date | None:
    """Return the Danish day the next opfølgning of a case is due, or None where none is ahead."""
    due = work.connection.scalar(
        sa.select(sa.func.min(frister.c.due)).where(
            frister.c.sag_id == sag,
            frister.c.rule.in_(FOLLOW_UPS),
            frister.c.state == State.AABEN,
            frister.c.due >= work.now,
        )
    )
    return danish_day(due) if due else None


def look_anew(
    work: Work, sag: UUID, plan: UUID, *, until: date, person: UUID | None = None
) -> None:
    """Have the goals whose day has come be looked at on the day of the next opfølgning.

    Where none is ahead the day stays, and the plan says that it has passed.

    :param until: the last Danish day that counts as come.
    :param person: only the goals of this child; without one, all of the plan.
    """
    following = next_follow_up(work, sag)
    if following is not None and following > until:
        maal.look_anew(work.connection, plan, until=until, on=following, person=person)


def meet_anew(work: Work, plan: UUID, version: int) -> None:
    """Leave out when the child was told they would meet again: »efter efterårsferien« was of the
    version before, and the day of the goals stands where nothing else is written."""
    said = tekster.read(work.connection, plan, version, places={WHOLE}).get(MEETS)
    if said is not None:
        nothing = {MEETS: Written("", said.revision)}
        tekster.write(work.connection, plan, version, nothing, by=work.actor, now=work.now)
