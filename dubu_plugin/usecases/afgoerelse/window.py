"""The time to complain: when it ends, how late a complaint came, and what goes straight on.

A complaint that came too late, and one about what the børne- og ungeudvalg or its chair decided, is
not looked at again here: it is sent to Ankestyrelsen at once, who decides if it is looked at.

Source: retssikkerhedsloven § 67; bekendtgørelse 861 of 2025, § 11, stk. 6, and § 13.
"""

import json
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.danish import counted, danish_day, long_date, unbroken
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.counting import due_on
from dubu_plugin.store.afgoerelse.klager import Klage, KlageState
from dubu_plugin.store.deadlines.answering import WHOSE
from dubu_plugin.store.deadlines.states import State, is_of
from dubu_plugin.store.tables import frister, haendelser, rettelser

WINDOW: Final = "KLAGE-4U"
"""The deadline rule of the four weeks a party has, each from their own letter."""
LENGTH: Final = timedelta(weeks=4)
LEAST_LEFT: Final = timedelta(days=14)
"""So much is left at the least when the file has been seen (forvaltningsloven § 17)."""
LOOK: Final = timedelta(weeks=4)
LOOK_WITH_NOTICE: Final = timedelta(days=14)
"""Where the decision takes help away with a notice (barnets lov § 11)."""
WEEK: Final = 7


def last_day(
    connection: sa.Connection, afgoerelse: UUID, on: date, person: UUID | None = None
) -> date | None:
    """Return the last Danish day of the time to complain by the letters; None where none is sent.

    It runs from when the letter is received, for each party from their own. While it is held for
    aktindsigt nobody is late: it ends, at the soonest, when what is left has run from that day.

    :param on: the Danish day it is asked about.
    :param person: the party whose letters count; None for whoever has longest.
    """
    found, told = frister.c, haendelser.c
    rows = connection.execute(
        sa.select(found.id, found.replaces, found.state, found.due, found.paused_at, told.data)
        .join_from(frister, haendelser, told.id == found.anchor_id)
        .where(
            found.subject_id == afgoerelse, is_of(WINDOW), found.due.is_not(None),
            # What ran from a letter that never came does not run (§ 67).
            sa.or_(found.ended_by.is_(None), found.ended_by.not_in(sa.select(rettelser.c.id))),
        )
    ).all()  # fmt: skip
    whose = {row.id: json.loads(row.data).get(WHOSE) for row in rows}
    older = {row.id: row.replaces for row in rows}
    dues = []
    for row in rows:
        first = row.id
        while whose[first] is None and older[first] in whose:  # its start was put right
            first = older[first]
        # What is noted by hand says nobody: it is everybody's.
        if row.state != State.AFLOEST and (person is None or whose[first] in (None, str(person))):
            held = (
                row.state == State.AABEN
                and row.paused_at is not None
                and row.paused_at <= row.due  # asked for within the time (§ 17)
            )
            rest = max(row.due - row.paused_at, LEAST_LEFT) if held else None
            dues.append(row.due if rest is None else max(row.due, start_of_day(on) + rest))
    return danish_day(max(dues)) if dues else None


def last_day_from(told_on: date) -> date:
    """Return the same where somebody says when the complainant got the decision."""
    last = told_on + LENGTH
    return danish_day(due_on(start_of_day(told_on), last, Profile.CITIZEN).due)


def goes_straight_on(matter: Matter, *, late: bool) -> bool:
    """Tell whether a complaint is sent to Ankestyrelsen without being looked at again."""
    return late or not matter.is_reassessed


def look_by(matter: Matter, came: date, *, late: bool) -> date:
    """Return the Danish day a complaint is to be looked at again by, or sent straight on."""
    if goes_straight_on(matter, late=late):
        return came
    return came + (LOOK_WITH_NOTICE if matter.notice else LOOK)


def is_to_be_sent(klage: Klage) -> bool:
    """Tell whether a complaint that is noted waits to be sent straight on: it is due at once."""
    at_once = klage.due_on <= danish_day(klage.received_at)
    return klage.state is KlageState.MODTAGET and at_once


def late_words(klage: Klage) -> str:
    """Return how late a complaint came, as ``14 uger for sent``; empty where it came in time."""
    if not klage.late:
        return ""
    if klage.window_ends_on is None:
        return "for sent"
    days = (danish_day(klage.received_at) - klage.window_ends_on).days
    if days >= WEEK:
        return unbroken(f"{counted(days // WEEK, 'uge', 'uger')} for sent")
    return unbroken(f"{counted(max(days, 1), 'dag', 'dage')} for sent")


def why_straight_on(klage: Klage, matter: Matter, *, to_ankestyrelsen: bool = False) -> str:
    """Return why a complaint is not looked at again here; empty where it is.

    :param to_ankestyrelsen: they are who reads it.
    """
    to, they = ("jer", "I") if to_ankestyrelsen else ("Ankestyrelsen", "Ankestyrelsen")
    if klage.late:
        ended = klage.window_ends_on
        until = f"udløb den {long_date(ended)}" if ended else "var gået"
        return unbroken(
            f"Klagen kom {late_words(klage)}. Klagefristen på 4 uger {until} (retssikkerhedsloven "
            f"§ 67). Klagen bliver derfor ikke genvurderet, men sendt straks til {to} "
            f"(bekendtgørelse 861 af 2025, § 13). {they} afgør, om den behandles alligevel."
        )
    if matter.is_committees:
        return unbroken(
            f"Afgørelsen er truffet af børne- og ungeudvalget. Klagen bliver derfor ikke "
            f"genvurderet, men sendt straks til {to} (bekendtgørelse 861 af 2025, § 11, stk. 6)."
        )
    if not matter.is_reassessed:
        return unbroken(
            f"Afgørelsen er foreløbig og truffet af udvalgets formand. Den bliver ikke "
            f"genvurderet; børne- og ungeudvalget ser selv på den inden 7 dage (barnets lov § 143, "
            f"stk. 4). Klagen bliver sendt straks til {to}. {they} afgør, om den kan behandles."
        )
    return ""
