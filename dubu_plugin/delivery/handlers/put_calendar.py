"""Keep a meeting in its owner's calendar. What others changed there is met, never overwritten."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain.moede import TITLES, Hvornaar, Moedelinje, initials
from dubu_plugin.errors import Refused
from dubu_plugin.ports.calendar import Entry, Held
from dubu_plugin.ports.journal_errors import Conflict, Locked
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Moede
from dubu_plugin.store.tables import personer, sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.moede.take_over import take_over
from dubu_plugin.usecases.moede.telling import tell_calendar

NOT_NEEDED = "ikke_noedvendig"
"""The result where there is no calendar, or a later row says how the meeting is now."""


class PutCalendar:
    """``put_calendar {moede, version, starts, ends, place}``."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`. A no is an answer: a person gets a line, and the lane goes on."""
        calendar, meeting = d.ports.calendar, _meeting(d)
        if calendar is None or meeting is None or meeting.version != d.payload["version"]:
            return Done(NOT_NEEDED)
        entry = _entry(d, meeting)
        try:
            version = calendar.put(entry, d.op, expected=meeting.calendar_version)
        except Conflict:
            held = calendar.held(meeting.owner, meeting.id)
            if held is None and meeting.calendar_version is None:
                # Nothing there and yet no room for it: somebody is writing at this moment.
                raise Locked(calendar.name, "put") from None
            return Done("konflikt", lambda work: _met(work, meeting, held))
        except Refused as no:
            return Done(f"afvist:{no.code}"[:128], lambda work: refused(work, meeting))
        return Done(version, lambda work: _stands(work, meeting, version, told(d)))

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`."""
        calendar, meeting = d.ports.calendar, _meeting(d)
        if calendar is None or meeting is None:
            return Done(NOT_NEEDED)
        held = calendar.probe(meeting.owner, meeting.id, d.key)
        if held is None:
            return None
        return Done(held.version, lambda work: _stood(work, meeting, held, told(d)))


class CancelCalendar:
    """``cancel_calendar {moede, version}``."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        calendar, meeting = d.ports.calendar, _meeting(d)
        if calendar is None or meeting is None or meeting.version != d.payload["version"]:
            return Done(NOT_NEEDED)
        try:
            calendar.cancel(meeting.owner, meeting.id, d.op)
        except Refused as no:
            return Done(f"afvist:{no.code}"[:128], lambda work: refused(work, meeting))
        return Done("aflyst", lambda work: moeder.saw(work.connection, meeting.id, None, None))

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Taken away twice is taken away once, so it is simply done again."""
        return None


def told(d: Delivery) -> Hvornaar:
    """Return when and where the row says the meeting is."""
    starts, ends = (datetime.fromisoformat(d.payload[name]) for name in ("starts", "ends"))
    return Hvornaar(starts, ends, d.payload["place"])


def refused(work: Work, meeting: Moede) -> None:
    """Have a person look at what the calendar did not take."""
    moeder.add_lines(work.connection, meeting, Moedelinje.KALENDER_NEJ)


def _stands(work: Work, meeting: Moede, version: str, when: Hvornaar) -> None:
    moeder.saw(work.connection, meeting.id, version, when)


def _stood(work: Work, meeting: Moede, held: Held, when: Hvornaar) -> None:
    """Remember what was written, then take over what somebody has made of it since."""
    moeder.saw(work.connection, meeting.id, None, when)
    if held.is_readable and held.starts and held.ends:
        now = Hvornaar(held.starts, held.ends, held.place)
        if now == when:
            moeder.saw(work.connection, meeting.id, held.version, when)
            return
    take_over(work, meeting.id, held)


def _met(work: Work, meeting: Moede, held: Held | None) -> None:
    """Take over their time and place, and put it once more: who takes part is ours."""
    take_over(work, meeting.id, held)
    current = moeder.by_id(work.connection, meeting.id)
    if current is not None and current.is_on:
        tell_calendar(work, moeder.rearrange(work.connection, current, now=work.now))


def _meeting(d: Delivery) -> Moede | None:
    with d.store.read() as connection:
        return moeder.by_id(connection, d.id("moede"))


def _entry(d: Delivery, meeting: Moede) -> Entry:
    """Return the meeting as it stands in the calendar: initials, or nothing of a protected case."""
    with d.store.read() as connection:
        row = connection.execute(
            sa.select(personer.c.name, sager.c.protected, sager.c.host_key)
            .join_from(sager, personer, personer.c.id == sager.c.child_id)
            .where(sager.c.id == meeting.sag_id)
        ).one()
        guests = moeder.deltagere(connection, meeting.id)
    title = TITLES[meeting.form]
    address = d.settings.web.address.rstrip("/")
    entry = Entry(
        key=meeting.id,
        owner=meeting.owner,
        title=title if row.protected else f"{title} – {initials(row.name)}",
        starts=meeting.when.starts,
        ends=meeting.when.ends,
        place=meeting.when.place,
        participants=[one.email for one in guests if one.email],
        link=f"{address}/dubu/sag/{meeting.sag_id}/moeder" if address else None,
        sequence=meeting.sequence,
    )
    return replace(entry, case=row.host_key)
