"""Open a closed case again by hand, here and in the host. Its clocks come back.

A new underretning opens it by itself.
"""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.frist.standing import Stored, reason_in


class IsOpen(CaseworkError):
    """The case is open already."""

    danish = "Sagen er åben allerede."


def reopen_case(sag: UUID, reason: str, *, product: Stored, asker: Asker, now: datetime) -> None:
    """Open a closed case again, and have the journal do so and get the reason as a note.

    What lapsed when it was closed stands again; see `dubu_plugin.store.deadlines.ending.revive`.

    :raises NoReason: nothing was said of why.
    :raises IsOpen: it is open.
    :raises NotYours: the policy says no, or there is no such case.
    """
    why = reason_in(reason)
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        ours = sager.by_id(work.connection, sag)
        if ours is None:
            raise NotYours
        if not ours.is_closed:
            raise IsOpen
        sager.change(work.connection, sag, phase=sager.ACTIVE, closed_at=None)
        opened = work.happened(
            Haendelse.SAG_GENAABNET,
            sag=sag,
            person=ours.child_id,
            responsible=ours.responsible,
            unit=ours.unit,
            data={"grund": "genaabnet"},
        )
        lane = sag_lane(sag)
        for kind in ("reopen_case", "open_case"):
            work.tell(kind, lane=lane, key=op_key(opened.id, kind), payload={"sag": str(sag)})
        work.tell(
            "add_note",
            lane=lane,
            key=op_key(opened.id, "add_note"),
            payload={
                "sag": str(sag),
                "title": "Sagen er åbnet igen",
                "body": f"Grund: {why}",
                "occurred_at": now.isoformat(),
            },
        )
