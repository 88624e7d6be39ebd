"""Put right what somebody noted on a case, or take it back. Nothing that was stored is changed: the
wrong one stays, beside it who said so and why, and the deadlines follow."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.danish import moment_text
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store import outbox
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.aktivitet import plan_undoing
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines import hindsight, undoing
from dubu_plugin.store.deadlines.answering import ANSWERS
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.running import ENDS, running
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import noted, rettelser, sager
from dubu_plugin.store.sag.noted import Noted
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.acting import acting, rehearsing
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.frist.standing import Stored, reason_in
from dubu_plugin.usecases.sag import follows
from dubu_plugin.usecases.sag.by_hand import by_hand
from dubu_plugin.usecases.sag.complaint_anew import Late, judge_by_hand, late_by_hand
from dubu_plugin.usecases.sag.follows import Follows
from dubu_plugin.usecases.sag.led import led
from dubu_plugin.usecases.sag.record_event import (
    SUPPORTS,
    NotClear,
    Note,
    is_uncounted,
    open_case,
    problems,
    recorded_as,
    tell_journal,
)

CORRECTS: Final = "retter"
"""What the data of the right one says: the key of the wrong one."""


class TakenBack(CaseworkError):
    """Somebody has taken it back, or put it right, meanwhile."""

    danish = "Det er allerede rettet eller taget tilbage. Vis siden igen, og se, hvad der står nu."


class WrittenIn(TakenBack):
    """It stands as an indsats, which rests on it having begun."""

    danish = (
        "Det er skrevet ind under »Indsatser« på sagen, og dens frister løber. Afslut den dér, "
        "eller ret dagen her."
    )


def put_right(
    sag: UUID,
    wrong: UUID,
    note: Note,
    reason: str,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
) -> Sequence[Follows]:
    """Put another moment or other answers in the place of what was noted; return what followed.

    :raises NotClear: something is left out, or cannot be.
    :raises NoReason: nothing was said of why.
    :raises TakenBack: it does not stand any more.
    :raises CaseIsClosed: the case is closed.
    :raises NotYours: the policy says no, or no such thing was noted on the case.
    """
    why = reason_in(reason)
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        if outbox.is_told(work.connection, op_key(sag, f"noteret:{note.form}")):
            return ()
        ours, old = _standing(work, sag, wrong, note.what)
        clear = problems(work, sag, note, now, product.matters, corrects=True)
        if clear:
            raise NotClear(clear)
        more = led(work, ours, note.what, why=note.text, asker=asker)
        found = _corrected(work, ours, old, note, why, more)
        first = f"Retter det, der blev noteret {moment_text(old.recorded_at)}. Grund: {why}"
        tell_journal(work, sag, note, found, first=first)
        return found


def foresee_right(
    sag: UUID, wrong: UUID, note: Note, *, product: Deciding, asker: Asker, now: datetime
) -> Sequence[Follows]:
    """Return what would follow from putting it right. What cannot be is left out; see above."""
    with rehearsing(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        ours, old = _standing(work, sag, wrong, note.what)
        if is_uncounted(problems(work, sag, note, now, product.matters, corrects=True)):
            return ()
        return _corrected(work, ours, old, note, "")


def take_back(
    sag: UUID,
    wrong: UUID,
    title: str,
    reason: str,
    *,
    product: Stored,
    asker: Asker,
    now: datetime,
) -> Sequence[Follows]:
    """Take back what was noted: it did not happen. Return what followed.

    :param title: what it is called, in words.
    :raises NoReason: nothing was said of why.
    :raises TakenBack: it does not stand any more.
    :raises WrittenIn: it stands as an indsats.
    :raises CaseIsClosed: the case is closed.
    :raises NotYours: the policy says no, or no such thing was noted on the case.
    """
    why = reason_in(reason)
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        ours, old = _standing(work, sag, wrong)
        found = _taken_back(work, ours, old, why)
        lines = [
            f"Det, der blev noteret {moment_text(old.recorded_at)}, er taget tilbage. "
            f"Det skulle være sket {moment_text(old.occurred_at)}.",
            f"Grund: {why}",
            *(f"{one}." for one in found),
        ]
        work.tell(
            "add_note",
            lane=sag_lane(sag),
            key=op_key(old.id, "taget_tilbage"),
            payload={
                "sag": str(sag),
                "title": f"Taget tilbage: {title}",
                "body": "\n".join(lines),
                "occurred_at": now.isoformat(),
            },
        )
        return found


def foresee_back(
    sag: UUID, wrong: UUID, *, product: Stored, asker: Asker, now: datetime
) -> Sequence[Follows]:
    """Return what would follow from taking it back; see `take_back`."""
    with rehearsing(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        ours, old = _standing(work, sag, wrong)
        return _taken_back(work, ours, old, "")


def _standing(
    work: Work, sag: UUID, wrong: UUID, what: Haendelse | None = None
) -> tuple[Sag, Noted]:
    old = noted.by_id(work.connection, sag, wrong)
    ours = open_case(work, sag, old.what if old else None)
    if old is None or (what is not None and old.what is not what):
        raise NotYours
    if old.taken_back:
        raise TakenBack
    return ours, old


def _taken_back(work: Work, ours: Sag, old: Noted, why: str) -> Sequence[Follows]:
    if old.what in SUPPORTS:
        key = str(old.data.get(str(by_hand(old.what).begins)) or old.id)
        if key in {str(one.id) for one in indsatser.of_sag(work.connection, ours.id)}:
            raise WrittenIn
    before = follows.open_on(work.connection, ours.id)
    late = _late_by(work, ours, old)
    by = _said(work, ours, old, Haendelse.HAENDELSE_TILBAGETAGET)
    lapsed = _undone(work, ours, old, by, why, gone=True)
    judge_by_hand(work, ours.id, late, by=by)
    return follows.of_undone(work, lapsed, before, ours.id)


def _corrected(
    work: Work,
    ours: Sag,
    old: Noted,
    note: Note,
    why: str,
    more: Mapping[str, JSON] | None = None,
) -> Sequence[Follows]:
    before = follows.open_on(work.connection, ours.id)
    late = _late_by(work, ours, old)
    by = _said(work, ours, old, Haendelse.HAENDELSE_RETTET)
    lapsed = _undone(work, ours, old, by, why)
    data: dict[str, JSON] = {CORRECTS: str(old.id), **(more or {})}
    # It is about the same complaint or decision as it was, whatever hangs on that meanwhile.
    same = (*(kind.value for kind in Subject), ANSWERS)
    data |= {name: old.data[name] for name in same if name in old.data}
    ours = sager.by_id(work.connection, ours.id) or ours
    recorded = recorded_as(work, ours, note, data)
    rettelser.put_right(work, by, recorded.id)
    undoing.stand_in(work.connection, lapsed, recorded.opened, by)
    hindsight.end_opened(work.connection, work.rules, ours.id, recorded.opened)
    judge_by_hand(work, ours.id, late, by=by)
    found = follows.of_recorded(work, recorded, note.occurred_at, ours.id)
    undone = follows.of_undone(work, lapsed, [*before, *recorded.opened], ours.id)
    met = {(one.title, one.section) for one in found}
    # What was met before and is met again is no news.
    return [*found, *(one for one in undone if (one.title, one.section) not in met)]


def _late_by(work: Work, ours: Sag, old: Noted) -> Sequence[Late]:
    """Return the complaints that are too late by what was noted, where that is when a decision was
    told."""
    if old.what is not Haendelse.AFGOERELSE_MEDDELT or Subject.AFGOERELSE not in old.data:
        return ()
    return late_by_hand(work.connection, ours.id, UUID(old.data[Subject.AFGOERELSE]))


def _said(work: Work, ours: Sag, old: Noted, what: Haendelse) -> UUID:
    return work.happened(
        what,
        sag=ours.id,
        person=ours.child_id,
        data={"haendelse": str(old.id), "hvad": old.what.value},
    ).id


def _undone(
    work: Work, ours: Sag, old: Noted, by: UUID, why: str, *, gone: bool = False
) -> Sequence[UUID]:
    rettelser.take_back(work, old.id, ours.id, by=by, reason=why)
    lapsed = undoing.undo(
        work.connection, work.rules, old.id, by=by, now=work.now, reason=why, gone=gone
    )
    plan_undoing.undo(work.connection, old.id, by=by, now=work.now)
    if old.what in SUPPORTS or old.what in ENDS:
        runs = bool(running(work.connection, ours.id))
        if runs is not ours.has_indsats:
            sager.change(work.connection, ours.id, has_indsats=runs)
    return lapsed
