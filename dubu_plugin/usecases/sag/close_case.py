"""Close a case of ours. What was not done is named, and lapses only where somebody says why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.danish import danish_day, listed, long_date
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.running import Thing, running
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import host_closed, sager
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.frist.close_case_duties import (
    Duty,
    insist_on_reason,
    lapse_with_case,
    open_duties,
)
from dubu_plugin.usecases.frist.standing import Stored
from dubu_plugin.usecases.inddragelse.end_with_case import end_with_case

NAMES: Final = {
    Haendelse.INDSATS_IVAERKSAT: "indsatsen",
    Haendelse.ANBRINGELSE_IVAERKSAT: "anbringelsen",
}


class IsClosed(CaseworkError):
    """The case is closed already."""

    danish = "Sagen er lukket allerede."


class StillRunning(CaseworkError):
    """A support or a placement runs: the case is not closed before somebody says it has ended."""

    danish = "{what} Notér først på sagen, hvornår det ophørte."

    def __init__(self, things: Sequence[Thing]) -> None:
        super().__init__(f"{len(things)} running")
        self.things = things
        self.what = running_words(things)


class StillPlanned(CaseworkError):
    """An indsats is planned: nobody would see its day come on a closed case."""

    danish = "{what} Sæt den i gang, eller opgiv den under »Indsatser«, før sagen afsluttes."

    def __init__(self, planned: Sequence[Indsats]) -> None:
        super().__init__(f"{len(planned)} planned")
        self.what = planned_words(planned)


def planned(connection: sa.Connection, sag: UUID) -> Sequence[Indsats]:
    """Return what is planned on a case and has not begun, the earliest first."""
    found = indsatser.of_sag(connection, sag)
    waits = [one for one in found if one.state is IndsatsState.PLANLAGT]
    return sorted(waits, key=lambda one: (one.starts_on, one.id))


def planned_words(waits: Sequence[Indsats]) -> str:
    """Return what is planned, in a sentence: »En indsats er planlagt fra 24. november 2026.«"""
    days = listed([long_date(one.starts_on) for one in waits])
    what = "En indsats" if len(waits) == 1 else f"{len(waits)} indsatser"
    return f"{what} er planlagt fra {days} og ikke begyndt." if waits else ""


def running_words(things: Sequence[Thing]) -> str:
    """Return what runs, in a sentence: »Anbringelsen fra 1. maj 2026 er ikke noteret ophørt.«"""
    told = [f"{NAMES[one.what]} fra {long_date(danish_day(one.occurred_at))}" for one in things]
    said = listed(told)
    return f"{said[:1].upper()}{said[1:]} er ikke noteret ophørt." if told else ""


def close_case(
    sag: UUID, reason: str, *, product: Stored, asker: Asker, now: datetime
) -> Sequence[Duty]:
    """Close a case, here and in the host, and return the duties that lapsed with it.

    :param reason: why they lapse; empty where there should be none.
    :raises OpenDuties: there are duties that are not done, and no reason; it says which.
    :raises StillRunning: a support or a placement has not ended; it says which.
    :raises StillPlanned: one is planned and has not begun.
    :raises IsClosed: it is closed.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        ours = sager.by_id(work.connection, sag)
        if ours is None:
            raise NotYours
        if ours.is_closed:
            raise IsClosed
        if things := running(work.connection, sag):
            raise StillRunning(things)
        if waits := planned(work.connection, sag):
            raise StillPlanned(waits)
        duties = open_duties(work.connection, work.rules, sag)
        why = insist_on_reason(duties, reason)
        sager.change(work.connection, sag, phase=CLOSED, closed_at=now)
        host_closed.forget(work, sag)
        end_with_case(work, ours)
        closed = work.happened(
            Haendelse.SAG_LUKKET,
            sag=sag,
            person=ours.child_id,
            data={"frister": sorted({duty.rule for duty in duties})},
        )
        lapse_with_case(work, sag, closed_by=closed.id, reason=why)
        work.tell(
            "add_note",
            lane=sag_lane(sag),
            key=op_key(closed.id, "add_note"),
            payload={
                "sag": str(sag),
                "title": "Sagen er afsluttet",
                "body": f"Grund: {reason.strip()}" if reason.strip() else "Intet var ugjort.",
                "occurred_at": now.isoformat(),
            },
        )
        # Behind what is on its way to the case: the host takes nothing on a closed one.
        work.tell(
            "close_case",
            lane=sag_lane(sag),
            key=op_key(closed.id, "close_case"),
            payload={"sag": str(sag), "reason": reason.strip()},
        )
        return duties
