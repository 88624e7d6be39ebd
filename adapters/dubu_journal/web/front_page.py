"""Min dag: what the plugins show first, my reminders, and what is in my calendar today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import sqlalchemy as sa
from starlette.responses import Response

from dubu_journal import calendar, danish
from dubu_journal.cases import Case
from dubu_journal.plugins import Box
from dubu_journal.reminders import Reminder
from dubu_journal.web import calendar_pages, reading
from dubu_journal.web.chrome import Beside
from dubu_journal.web.visit import Visit

MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Due:
    """One of my reminders, and the case it is about."""

    reminder: Reminder = field(repr=False)
    case: Case


def show(visit: Visit) -> Response:
    """Show what the day is about."""
    boxes = visit.desk.plugins.boxes(visit.user.key)
    begins = danish.midnight(visit.today)
    ends = danish.midnight(visit.today + timedelta(days=1))
    with visit.reading() as connection:
        beside = visit.desk.chrome.beside(connection, visit.viewer, visit.now)
        found = beside.reminders[:MOST]
        entries = calendar.of_user(connection, visit.user.key, begins, ends)
        cases = [one.case_id for one in found] + [one.case_id for one in entries if one.case_id]
        opens = _still_mine(connection, visit, cases, beside)
    mine = [Due(one, opens[one.case_id]) for one in found if one.case_id in opens]
    return visit.page(
        "front_page.html",
        menu="/",
        beside_cases=True,
        beside=beside,
        plugin_content=bool(boxes),
        wide=[box for box in boxes if box.wide],
        narrow=[box for box in boxes if not box.wide],
        reminders=[one for one in mine if not _shown_above(one, boxes)],
        told=[one for one in mine if _shown_above(one, boxes)],
        entries=[one for one in calendar_pages.shown(entries, opens) if not one.cancelled],
        now=visit.now,
    )


def _shown_above(due: Due, boxes: Sequence[Box]) -> bool:
    """Tell whether a plugin set the reminder, and shows the day in a wide box of its own."""
    return due.reminder.key is not None and any(box.wide for box in boxes)


def _still_mine(
    connection: sa.Connection, visit: Visit, case_ids: Iterable[int], beside: Beside
) -> Mapping[int, Case]:
    """Return those of the cases that are still mine to see."""
    seen = reading.visible_by_ids(connection, visit.viewer, case_ids)
    opens = visit.desk.doors.ids(visit.viewer, beside.ids.union(case.id for case in seen))
    return {case.id: case for case in seen if case.id in opens}
