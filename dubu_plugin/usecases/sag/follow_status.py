"""Take over that a case was closed, or opened again, in the host's own client.

A case without duties left is closed here too. Where duties are left it stays open here: the host
does not know them. Whoever has the case is told which they are, on Min dag and on the case, and
closes it here with a reason, does them, or opens the case in the host again.
"""

from collections.abc import Sequence
from typing import Final

from dubu_plugin.domain.danish import counted, danish_day, listed
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.ports.journal_objects import Case, Phase
from dubu_plugin.store import outbox
from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import sag_lane
from dubu_plugin.store.min_dag.erindringer import Whom
from dubu_plugin.store.outbox import State
from dubu_plugin.store.sag import host_closed, sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.frist.close_case_duties import Duty, lapse_with_case, open_duties
from dubu_plugin.usecases.inddragelse.end_with_case import end_with_case

NAMED: Final = 5
"""So many duties are named in the reminder."""

OURS: Final = ("reopen_case", "open_case", "close_case")
"""What we ask of a case's status. While it is on its way, the host's is not the newest word."""


def status_differs(ours: Sag, there: Case) -> bool:
    """Tell whether one of the two is closed and the other is not."""
    return ours.is_closed is not (there.phase is Phase.CLOSED)


def follow_status(work: Work, ours: Sag, there: Case, *, said: bool) -> None:
    """Make what can be made alike so, and have the rest seen.

    :param said: a person is known to have changed the status; else it is only compared.
    """
    if not status_differs(ours, there):
        if not ours.is_closed:
            _alike_again(work, ours)
        return
    if _on_its_way(work, ours, said=said):
        return
    if ours.is_closed:
        _reopened(work, ours)
    else:
        _closed(work, ours)


def _on_its_way(work: Work, ours: Sag, *, said: bool) -> bool:
    """Tell whether what we asked of the status is not done, so that ours is the newer.

    What was given up is not told either; then a person's word in the host is the newer.
    """
    for kind in OURS:
        newest = outbox.newest_of(work.connection, sag_lane(ours.id), kind)
        done = newest is None or newest.state is State.UDFOERT
        if not done and not (said and newest is not None and newest.state is State.OPGIVET):
            return True
    return False


def _reopened(work: Work, ours: Sag) -> None:
    """Open a closed case again that somebody has opened in the host; its clocks come back."""
    sager.change(work.connection, ours.id, phase=sager.ACTIVE, closed_at=None)
    work.happened(
        Haendelse.SAG_GENAABNET,
        sag=ours.id,
        person=ours.child_id,
        responsible=ours.responsible,
        unit=ours.unit,
        data={"grund": "aabnet_i_journalen"},
    )


def _closed(work: Work, ours: Sag) -> None:
    duties = open_duties(work.connection, work.rules, ours.id)
    if duties:
        _remind(work, ours, duties)
        return
    sager.change(work.connection, ours.id, phase=sager.CLOSED, closed_at=work.now)
    host_closed.forget(work, ours.id)
    end_with_case(work, ours)
    closed = work.happened(
        Haendelse.SAG_LUKKET,
        sag=ours.id,
        person=ours.child_id,
        data={"frister": [], "grund": "lukket_i_journalen"},
    )
    lapse_with_case(work, ours.id, closed_by=closed.id, reason=None)


def _remind(work: Work, ours: Sag, duties: Sequence[Duty]) -> None:
    who = ours.responsible
    if who is not None and personer.is_kept_from(work.connection, who, ours.child_id):
        who = None
    whom = Whom(employee=who) if who is not None else Whom(unit=ours.unit)
    if whom == Whom():
        return  # it is nobody's and no unit's: the deadlines' own lines are all there is
    if host_closed.remind(work, ours.id, _note(duties), danish_day(work.now), whom):
        _happened(work, ours, "lukket", duties)


def _alike_again(work: Work, ours: Sag) -> None:
    if host_closed.forget(work, ours.id):
        _happened(work, ours, "aaben", [])


def _note(duties: Sequence[Duty]) -> str:
    titles = list(dict.fromkeys(duty.title for duty in duties))
    more = len(titles) - NAMED
    named = [*titles[:NAMED], *([f"{more} mere"] if more > 0 else [])]
    number = counted(len(duties), "pligt", "pligter")
    return (
        f"Sagen er lukket i journalen, men {number} er ikke gjort her: {listed(named)}. "
        "Afslut sagen her med en grund, eller åbn den igen i journalen."
    )


def _happened(work: Work, ours: Sag, status: str, duties: Sequence[Duty]) -> None:
    work.happened(
        Haendelse.SAG_STATUS_I_JOURNALEN,
        sag=ours.id,
        person=ours.child_id,
        responsible=ours.responsible,
        unit=ours.unit,
        data={"status": status, "frister": sorted({duty.rule for duty in duties})},
    )
