"""Take in what a mail says about a meeting: an answer once, and an invitation that came back."""

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.moede import Invitationsstate, Moedelinje, Svar
from dubu_plugin.intake.answers import Reply, Returned
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Deltager
from dubu_plugin.store.transaction import Work


def receive_answer(work: Work, said: Reply | Returned) -> bool:
    """Keep what is said, and tell whether it is about a meeting of ours.

    The same answer twice is one answer. One to an earlier time of the meeting, or older than the
    one we have, changes nothing.
    """
    if isinstance(said, Returned):
        return _came_back(work, said)
    meeting = moeder.by_id(work.connection, said.meeting)
    if meeting is None:
        return False
    invited = moeder.deltagere(work.connection, meeting.id)
    one = next((guest for guest in invited if guest.email == said.address), None)
    if one is None:
        # An alias, or an invitation that was passed on: only who books can tell whose it is.
        if meeting.is_on:
            moeder.add_lines(work.connection, meeting, Moedelinje.SVAR_FRA_ANDEN)
        return True
    if said.sequence < meeting.sequence and said.answer is not Svar.ANDET_TIDSPUNKT:
        return True
    if said.answer is not one.answer and not _is_older(said, one):
        moeder.change_deltager(
            work.connection,
            one.id,
            answer=said.answer,
            answered_at=said.stamp,
            answered_sequence=said.sequence,
        )
        work.happened(
            Haendelse.MOEDE_BESVARET,
            sag=meeting.sag_id,
            data={"moede": str(meeting.id), "deltager": str(one.id), "svar": said.answer},
        )
        if said.answer is Svar.ANDET_TIDSPUNKT:
            moeder.add_lines(work.connection, meeting, Moedelinje.ANDET_TIDSPUNKT)
    return True


def _is_older(said: Reply, one: Deltager) -> bool:
    if one.answered_at is None or one.answered_sequence is None:
        return False
    return (said.sequence, said.stamp) < (one.answered_sequence, one.answered_at)


def _came_back(work: Work, said: Returned) -> bool:
    one = moeder.deltager(work.connection, said.deltager)
    meeting = None if one is None else moeder.by_id(work.connection, one.moede_id)
    if one is None or meeting is None:
        return False
    if one.invitation is not Invitationsstate.RETUR:
        moeder.change_deltager(work.connection, one.id, invitation=Invitationsstate.RETUR)
        moeder.add_lines(work.connection, meeting, Moedelinje.MAIL_RETUR)
    return True
