"""What becomes of a complaint that was right in some: the rest is kept in four weeks, or is over.

Source: bekendtgørelse 861 of 2025, § 12.
"""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.klager import Klage, KlageState
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.afgoerelse import window
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear, NotNow, on_klage
from dubu_plugin.usecases.afgoerelse.window import LOOK_WITH_NOTICE

NOON: Final = timedelta(hours=12)


def keep_until(connection: sa.Connection, klage: Klage, on: date) -> date | None:
    """Return the last Danish day the citizen can keep the rest of a complaint that is right in
    some; None while the letter with the new decision is not sent (§ 12). What is made in place of
    that one since, as another was right too, gives them no longer.

    :param on: the Danish day it is asked about.
    """
    old = afgoerelser.by_id(connection, klage.afgoerelse)
    new = afgoerelser.made_for(connection, old) if old else None
    return window.last_day(connection, new.id, on, klage.person) if new else None


def hold_on(
    klage: UUID, day: date | None, *, sag: UUID, product: Deciding, asker: Asker, now: datetime
) -> None:
    """Keep that the citizen got some of it and keeps the rest: 14 days to send it on (§ 12).

    :raises KlageNotClear: the day the message came is left out, ahead, or before the new decision.
    :raises NotNow, NotYours: see `complain.reassess`.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        here = on_klage(work, sag, klage, product, {KlageState.GENVURDERET})
        old = afgoerelser.by_id(work.connection, here.klage.afgoerelse)
        new = afgoerelser.made_for(work.connection, old) if old else None
        if new is None or new.decided_on is None:
            raise NotNow
        if day is None or not new.decided_on <= day <= danish_day(now):
            raise KlageNotClear(
                dag=unbroken(
                    f"Skriv den dag, beskeden kom. Den ligger fra den dag, den nye afgørelse blev "
                    f"truffet ({long_date(new.decided_on)}), til i dag."
                )
            )
        here.change(KlageState.FASTHOLDT, due_on=day + LOOK_WITH_NOTICE)
        here.happened(H.KLAGE_FASTHOLDT, min(now, start_of_day(day) + NOON))


def let_end(klage: UUID, *, sag: UUID, product: Deciding, asker: Asker, now: datetime) -> None:
    """End a complaint that was right in some, and of which the rest was not kept in time (§ 12).

    :raises KlageNotClear: there is still time to keep it.
    :raises NotNow: it is not right in some, or the new decision is not made.
    :raises NotYours: the policy says no, or there is no such complaint.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        here = on_klage(work, sag, klage, product, {KlageState.GENVURDERET})
        its = afgoerelser.by_id(work.connection, here.klage.afgoerelse)
        if its is None or its.state is not AfgoerelseState.ERSTATTET:
            raise NotNow
        last = keep_until(work.connection, here.klage, danish_day(now))
        if last is None:
            raise KlageNotClear(
                slut="Brevet med den nye afgørelse er ikke noteret sendt, så klagerens 4 uger er "
                "ikke begyndt. Notér først, hvilken dag det er sendt."
            )
        if danish_day(now) <= last:
            raise KlageNotClear(
                slut=f"Klageren kan fastholde resten til og med {long_date(last)}. Vent til da."
            )
        here.change(KlageState.AFGJORT, ended_at=now)
        here.happened(H.KLAGE_AFGJORT, medhold=False)
