"""Calendars: mine, a week at a time, and what a case has coming."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import uuid4

import sqlalchemy as sa
from starlette.responses import Response

from dubu_journal import calendar, danish
from dubu_journal.calendar import Entry, NewEntry
from dubu_journal.ledger import Made
from dubu_journal.web import reading
from dubu_journal.web.visit import Visit

YEARS: Final = range(1900, 2200)
"""What can be looked at: a week at the end of all time has no week after it."""
CLOSED: Final = "Aftale på en sag, du ikke har adgang til"


def mine(visit: Visit) -> Response:
    """Show a week of my calendar, and put something in it."""
    asked = danish.read_date(visit.query("uge"))
    monday = _monday(asked if asked and asked.year in YEARS else visit.today)
    if visit.posts:
        if _saved(visit, None):
            return visit.to("/kalender", "aftale")
    else:
        visit.form.values["dato"] = visit.today.isoformat()
    begins, ends = danish.midnight(monday), danish.midnight(monday + timedelta(days=7))
    with visit.reading() as connection:
        entries = calendar.of_user(connection, visit.user.key, begins, ends)
        about = _about(connection, visit, entries)
    entries = shown(entries, about)
    return visit.page(
        "calendar.html",
        menu="/kalender",
        week=monday.isocalendar().week,
        days=_by_day(entries, monday),
        about=about,
        before=(monday - timedelta(days=7)).isoformat(),
        after=(monday + timedelta(days=7)).isoformat(),
    )


def on_case(visit: Visit, case_id: int) -> Response:
    """Show what the case has coming and what has been, and put something in my calendar."""
    with visit.reading() as connection:
        case = visit.case(connection, case_id)
    if visit.posts:
        if _saved(visit, case_id):
            return visit.to(f"/sager/{case_id}/kalender", "aftale")
    else:
        visit.form.values["dato"] = visit.today.isoformat()
    with visit.reading() as connection:
        entries = calendar.of_case(connection, case_id)
        names = reading.user_names(connection, [entry.owner for entry in entries])
    visit.write_down("case", case_id)
    return visit.page(
        "case_calendar.html",
        menu="/sager",
        case=case,
        tab="kalender",
        coming=[entry for entry in entries if entry.ends >= visit.now],
        past=[entry for entry in reversed(entries) if entry.ends < visit.now],
        names=names,
    )


def _saved(visit: Visit, case_id: int | None) -> bool:
    form = visit.form
    title = form.text("titel", "Skriv, hvad aftalen er.")
    day = form.date("dato", "Skriv datoen.")
    begins, ends = form.time("fra"), form.time("til")
    all_day = begins is None and not form.values.get("fra", "").strip()
    if not all_day and ends is None and begins is not None:
        form.fail("til", "Skriv, hvornår aftalen slutter.")
    if begins is not None and ends is not None and ends <= begins:
        form.fail("til", "Aftalen skal slutte efter, at den begynder.")
    place = form.text("sted") or None
    if not form.ok or day is None:
        return False
    if begins is None or ends is None:
        starts, stops = danish.midnight(day), danish.midnight(day + timedelta(days=1))
    else:
        starts, stops = danish.moment(day, begins), danish.moment(day, ends)
    new = NewEntry(
        key=f"klient:{uuid4()}",
        owner=visit.user.key,
        title=title,
        starts=starts,
        ends=stops,
        case_id=case_id,
        place=place,
        all_day=all_day,
    )
    put = visit.once(
        "web.entry",
        lambda connection: Made("entry", calendar.put(connection, new, visit.now)),
    )
    return put is not None


def shown(entries: Iterable[Entry], opens: Container[int]) -> list[Entry]:
    """Return entries; one on a case that is closed to me takes up my time and says no more.

    :param opens: the ids of the cases that are open to me.
    """
    return [
        entry
        if entry.case_id is None or entry.case_id in opens
        else replace(entry, title=CLOSED, place=None)
        for entry in entries
    ]


def _about(connection: sa.Connection, visit: Visit, entries: Sequence[Entry]) -> Mapping[int, str]:
    """Return the titles of the cases my entries are about, where they are mine to see."""
    found = reading.by_ids(connection, [entry.case_id for entry in entries if entry.case_id])
    seen = reading.visible_of(connection, visit.viewer, list(found.values()))
    return {case.id: case.title for case in visit.desk.doors.open(visit.viewer, seen)}


def _by_day(entries: Sequence[Entry], monday: date) -> list[tuple[date, list[Entry]]]:
    """Return the seven days with what begins on each, or goes on from the day before the first."""
    days = [monday + timedelta(days=number) for number in range(7)]
    return [
        (day, [entry for entry in entries if max(danish.today(entry.starts), monday) == day])
        for day in days
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
