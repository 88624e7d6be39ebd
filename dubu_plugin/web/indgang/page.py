"""Indgang: the intake queue, and the door files are laid in through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.intake import REMARKS
from dubu_plugin.store.underretning import indgang
from dubu_plugin.store.underretning.indgang import Queue, View
from dubu_plugin.store.underretning.indgang_line import Item
from dubu_plugin.web.door import Door, Visit, anything
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import page_number
from dubu_plugin.web.indgang import post_lines
from dubu_plugin.web.indgang.had import drawn as drawn_had
from dubu_plugin.web.indgang.sizes import size_words
from dubu_plugin.web.min_dag.page import Filter
from dubu_plugin.web.naming import born_words

router = APIRouter()

URL: Final = "/dubu/indgang"
VIEWS: Final = {View.ALL: "Alle", View.MINE: "Mine", View.NOBODYS: "Ingen har taget den"}


SUBJECT: Final = 80
"""So much of a subject or a file's name tells one line from another."""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A line as it is read."""

    id: str | None
    """What choosing it names; None where it can only be opened."""
    had: str
    """Who has it as the line is drawn, for the form that gives it on: see `web.had`."""
    state: str
    left: str
    by: str
    due: datetime | None
    """Where the clock on the page counts down to; None where only the day counts."""
    seconds: int
    """How long until then; below nothing once it is past."""
    child: str
    about: str
    title: str
    url: str
    detail: str
    remarks: Sequence[str]
    who: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file."""

    file: str
    sentence: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The whole page."""

    total: int
    summary: str
    views: Sequence[Filter]
    lines: Sequence[QueueLine]
    quiet: str
    number: int
    pages: int
    url: str
    largest: str
    may_register: bool
    """Whether they may register what came in, and lay files in."""
    may_give: bool
    """Whether they may take what lies there, or give it on."""
    begun: str = ""
    """That they have calls they have not finished, in words; empty where they have none."""
    receipt: str = ""
    problems: bool = False
    results: Sequence[Taken] = ()
    errors: dict[str, str] | None = None


def queue_line(item: Item, now: datetime) -> QueueLine:
    """Return a line in words."""
    today = danish.danish_day(now)
    late = item.due is not None and item.due < now
    near = post_lines.is_near(item, now)
    answered = post_lines.is_application(item)
    return QueueLine(
        id=str(item.underretning) if item.underretning else None,
        had=drawn_had(item.underretning, item.unit, item.responsible) if item.underretning else "",
        state="overdue" if late else "soon" if near else "",
        left=_left(item, now),
        by=_by(item, now),
        due=None if answered else item.due,
        seconds=int((item.due - now).total_seconds()) if item.due and not answered else 0,
        child=post_lines.child(item),
        about=born_words(item.born, item.termin, today),
        title=post_lines.kind_words(item),
        url=post_lines.address(item),
        detail=danish.unbroken(
            " · ".join(
                part
                for part in (
                    item.organisation or "",
                    f"»{item.subject[:SUBJECT]}«" if item.subject else "",
                    f"modtaget {danish.list_moment(item.received_at, now)}",
                    post_lines.CHANNELS.get(item.channel, ""),
                )
                if part
            )
        ),
        remarks=[REMARKS[remark].danish for remark in item.remarks],
        who=item.responsible_name or "Ingen har den",
    )


def _left(item: Item, now: datetime) -> str:
    if item.due is None:
        return "Ikke 24 timer" if item.underretning else "Se på den"
    if item.is_untouched(now) and item.due >= now:
        return "Ingen har taget den"
    said = post_lines.left(item.due, now, days=post_lines.is_application(item))
    return danish.unbroken(said[0].upper() + said[1:])


def _by(item: Item, now: datetime) -> str:
    """Return by when: an application is answered by the end of a day."""
    if item.due is None:
        return ""
    if not post_lines.is_application(item):
        return danish.unbroken(f"senest {danish.list_moment(item.due, now)}")
    day, today = danish.danish_day(item.due), danish.danish_day(now)
    return danish.unbroken(f"svar senest {danish.list_date(day, today)}")


def queue_page(
    visit: Visit,
    *,
    view: View = View.ALL,
    page: int = 1,
    results: Sequence[Taken] = (),
    receipt: str = "",
    problems: bool = False,
    errors: dict[str, str] | None = None,
) -> QueuePage:
    """Return the queue as it stands now, with what became of what was just laid in."""
    with visit.reading() as connection:
        found = indgang.queue(
            connection,
            visit.asker,
            now=visit.now,
            view=view,
            sees_post=post_lines.sees_post(visit.asker, visit.product.settings),
            page=page,
        )
    lines = [queue_line(item, visit.now) for item in found.items]
    return QueuePage(
        total=found.views[View.ALL],
        summary=_summary(found, lines),
        views=[
            Filter(title, f"{URL}?{urlencode({'vis': one})}", found.views[one], one is view)
            for one, title in VIEWS.items()
        ],
        lines=lines,
        quiet="Der ligger intet" if view is View.ALL else "Der ligger intet her",
        number=page,
        pages=max(1, -(-found.count // indgang.PER_PAGE)),
        url=f"{URL}?{urlencode({'vis': view})}&",
        largest=size_words(visit.product.settings.intake.largest_attachment),
        may_register=bool(anything(visit.asker, Act.REGISTER)),
        may_give=bool(anything(visit.asker, Act.WRITE)),
        begun=post_lines.begun_words(found.begun),
        receipt=receipt,
        problems=problems,
        results=results,
        errors=errors,
    )


def _summary(found: Queue, lines: Sequence[QueueLine]) -> str:
    if not found.views[View.ALL]:
        return ""
    nobody = found.views[View.NOBODYS]
    late = sum(line.state == "overdue" for line in lines)
    parts = [f"{late} over tiden"] if late else []
    parts.append(f"{nobody} har ingen taget endnu" if nobody else "alle har nogen")
    return ", ".join(parts).capitalize() + "."


@router.get(URL)
def show(
    visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="indgang"))],
    vis: str = View.ALL,
    side: int = 1,
    givet: str = "",
) -> Response:
    """Show the queue, and that a line was given on where it just was."""
    view = View(vis) if vis in list(View) else View.ALL
    receipt = "Underretningen er givet videre med sine frister" if givet else ""
    return drawn(visit, queue_page(visit, view=view, page=page_number(side), receipt=receipt))


def drawn(visit: Visit, page: QueuePage, status: int = 200) -> Response:
    """Draw the queue."""
    return visit.page(Page("indgang/page.html", "Indgang", URL, values={"q": page}), status)
