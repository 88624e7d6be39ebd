"""Who must be told of a meeting: its owner's calendar, and those who are invited.

The calendar and each one invited have a lane of their own, so that one that does not answer holds
nobody else up, and never what the case itself has to tell.
"""

from collections.abc import Mapping
from uuid import UUID

from dubu_plugin.ports.invitations import Method
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Moede
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.transaction import Work


def calendar_lane(moede: UUID) -> str:
    """Return the lane of what the owner's calendar is told."""
    return f"moede:{moede}"


def guest_lane(deltager: UUID) -> str:
    """Return the lane of what one person who is invited is told."""
    return f"deltager:{deltager}"


def tell_calendar(work: Work, moede: Moede) -> None:
    """Have the owner's calendar show the meeting as it is now."""
    kind = "put_calendar" if moede.is_on else "cancel_calendar"
    work.tell(
        kind,
        lane=calendar_lane(moede.id),
        key=op_key(moede.id, f"kalender:{moede.version}"),
        payload={"moede": str(moede.id), "version": moede.version, **_when(moede)},
    )


def tell_guests(work: Work, moede: Moede) -> None:
    """Have everybody with an address invited, told of a change, or told that it is off."""
    method = Method.REQUEST if moede.is_on else Method.CANCEL
    for one in moeder.deltagere(work.connection, moede.id):
        if one.email is not None:
            work.tell(
                "send_invitation",
                lane=guest_lane(one.id),
                key=op_key(one.id, f"{method}:{moede.sequence}"),
                payload={
                    "deltager": str(one.id),
                    "moede": str(moede.id),
                    "method": method,
                    "sequence": moede.sequence,
                    "stamp": moede.changed_at.isoformat(),
                    **_when(moede),
                },
            )


def _when(moede: Moede) -> Mapping[str, JSON]:
    """Return when and where, as it is told: a later change is told by a row of its own."""
    return {
        "starts": moede.when.starts.isoformat(),
        "ends": moede.when.ends.isoformat(),
        "place": moede.when.place,
    }
