"""Book a meeting on a case: it stands in the owner's calendar, and those invited get a mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.moede import Hvornaar, Moedeform
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.moede.sound import (
    Guest,
    insist_on_open,
    sound_guests,
    sound_when,
    tells_nobody,
)
from dubu_plugin.usecases.moede.telling import tell_calendar, tell_guests


@dataclass(frozen=True, slots=True)
class Booking:
    """A meeting to book. It stands in the calendar of whoever books it."""

    form: Moedeform
    when: Hvornaar
    guests: Sequence[Guest] = ()


def book(booking: Booking, *, product: Means, asker: Asker, sag: UUID, now: datetime) -> UUID:
    """Book it, and return its key.

    :raises NotSound: it cannot be held as it is written, or the case is closed.
    :raises NotYours: the asker may not write on the case.
    """
    when = sound_when(booking.when, now)
    guests = sound_guests(booking.guests)
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        insist_on_open(work.connection, sag)
        tells_nobody(work.connection, sag, when.place)
        new = moeder.add(work.connection, sag, booking.form, asker.key, when, by=asker.key, now=now)
        for guest in guests:
            moeder.invite(work.connection, new, guest.name, guest.email)
        work.happened(
            Haendelse.MOEDE_AFTALT,
            sag=sag,
            data={
                "moede": str(new),
                "form": booking.form,
                "starts": when.starts.isoformat(),
                "deltagere": len(guests),
            },
        )
        booked = moeder.by_id(work.connection, new)
        assert booked is not None
        tell_calendar(work, booked)
        tell_guests(work, booked)
    return new
