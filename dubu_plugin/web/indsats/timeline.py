"""A child's indsatser on one axis, with the undersøgelse, the goals, the visits and the follow-ups.

The table beside it says the same, for whoever does not see the figure or has a narrow screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import Catalogue, IndsatsState
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.indsats.indsatser import Indsats, Noted
from dubu_plugin.store.plan.goals_agreed import Agreed
from dubu_plugin.web.indsats import words
from dubu_plugin.web.indsats.noted import NotedThing

LEFT: Final = 240.0
WIDTH: Final = 700.0
ROW: Final = 30.0
TOP: Final = 34.0
"""In the figure's own units: where the axis begins, how long it is, and how high a row is."""
SHORTEST: Final = 6.0
"""How short a bar may be drawn and still be seen."""
ROOM: Final = timedelta(days=21)
MONTHS_APART: Final = ((14, 1), (40, 3), (90, 6), (400, 12))
"""How many months there are between the marks of the axis, by how many months it spans."""
LONGEST_LABEL: Final = 34
POINTS: Final = {H.OPFOELGNING_AFHOLDT: "Opfølgning", H.TILSYNSBESOEG_FOERT: "Tilsynsbesøg"}
EXAMINED: Final = {
    SkriftKind.AFDAEKNING: "Afdækning",
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: "Børnefaglig undersøgelse",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Something that took or takes time, or happened on some days."""

    kind: str
    """``undersoegelse``, ``indsats``, ``planlagt``, ``noteret``, ``maal`` or ``punkter``."""
    title: str
    begins: date
    ends: date | None
    """None where it goes on."""
    days: Sequence[date] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the figure."""

    kind: str
    label: str
    title: str
    y: float
    x: float
    width: float
    dots: Sequence[float]
    url: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The figure and its table."""

    width: float
    height: float
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    today: float
    rows: Sequence[tuple[str, str, str, str]]
    """What, the kind of it, when, and where it is, or is written in."""
    unwritten: Sequence[tuple[str, str]]
    """What is noted and can be written in: what and since when, and where."""


KINDS: Final = {
    "undersoegelse": "Undersøgelse",
    "indsats": "Indsats",
    "planlagt": "Planlagt indsats",
    "noteret": "Noteret, ikke skrevet ind",
    "maal": "Mål",
    "punkter": "Møder og besøg",
}


def spans(
    rows: Catalogue,
    found: Sequence[Indsats],
    told: Sequence[Noted],
    goals: Sequence[Agreed],
    written: Sequence[tuple[SkriftKind, UUID, datetime, datetime | None]],
    noted: Sequence[NotedThing],
    url: str,
    today: date,
) -> Sequence[Span]:
    """Return what stands on the axis, from the undersøgelse to the follow-ups.

    :param written: the undersøgelser: kind, key, when it was begun, and when it was finished.
    :param noted: what stands among no indsatser, with the address it is written in at.
    """
    spans = [
        Span("undersoegelse", EXAMINED[kind], danish.danish_day(begun),
             danish.danish_day(ended) if ended else None, url=f"{url}/skrift/{number}")
        for kind, number, begun, ended in written
    ]  # fmt: skip
    for one in found:
        if one.state is IndsatsState.OPGIVET:
            continue
        kind = "planlagt" if one.state is IndsatsState.PLANLAGT else "indsats"
        ends = one.ended_on or (one.expected_end if kind == "planlagt" else None)
        title = words.title(rows, one)
        spans.append(Span(kind, title, one.starts_on, ends, url=f"{url}/indsats/{one.id}"))
    spans += [
        Span("noteret", f"Noteret: {one.title}", one.begins, one.ends, url=one.url) for one in noted
    ]
    for goal in goals:
        ahead = goal.looked_at_on
        # A day that has passed is no end: the goal stands in the plan.
        ends = goal.ended_on or (ahead if ahead and ahead > today else None)
        spans.append(Span("maal", f"Mål: {goal.text}", goal.since, ends))
    for what, title in POINTS.items():
        days = [danish.danish_day(one.at) for one in told if one.what is what]
        if days:
            spans.append(Span("punkter", title, days[0], days[-1], days))
    order = list(KINDS)
    return sorted(spans, key=lambda one: (order.index(one.kind), one.begins, one.title))


def drawn(found: Sequence[Span], today: date) -> Timeline | None:
    """Return the figure, or None where there is nothing to draw."""
    if not found:
        return None
    first = min(one.begins for one in found) - ROOM
    last = max(max(one.ends or today, one.begins, today) for one in found) + ROOM

    def x(day: date) -> float:
        return round(LEFT + WIDTH * ((day - first).days / (last - first).days), 1)

    bars = []
    for at, one in enumerate(found):
        right = x(max(one.ends or today, one.begins))
        label = one.title if len(one.title) <= LONGEST_LABEL else f"{one.title[:LONGEST_LABEL]}…"
        bars.append(
            Bar(
                one.kind, label, f"{one.title}: {_when(one, today)}", TOP + at * ROW,
                x(one.begins), max(right - x(one.begins), SHORTEST), [x(day) for day in one.days],
                one.url,
            )
        )  # fmt: skip
    return Timeline(
        LEFT + WIDTH + 20, TOP + len(found) * ROW + 8, bars,
        [Tick(x(day), text) for day, text in _marks(first, last)], x(today),
        [(one.title, KINDS[one.kind], _when(one, today), one.url) for one in found],
        [
            (f"{one.title.partition(': ')[2]} {_when(one, today)}", one.url)
            for one in found
            if one.kind == "noteret" and one.url
        ],
    )  # fmt: skip


def _when(one: Span, today: date) -> str:
    if one.days:
        return danish.unbroken(danish.listed([danish.list_date(day, today) for day in one.days]))
    begins = danish.list_date(one.begins, today)
    if one.ends is None:
        return danish.unbroken(f"fra {begins}")
    return danish.unbroken(f"{begins} til {danish.list_date(one.ends, today)}")


def _marks(first: date, last: date) -> Sequence[tuple[date, str]]:
    """Return the firsts of months that stand on the axis."""
    length = (last.year - first.year) * 12 + last.month - first.month
    apart = next((step for most, step in MONTHS_APART if length <= most), 24)
    month = first.year * 12 + first.month
    found = []
    while (day := date(month // 12, month % 12 + 1, 1)) < last:
        if (day.month - 1) % min(apart, 12) == 0 and (apart <= 12 or day.year % 2 == 0):
            name = danish.MONTHS[day.month - 1][:3]
            found.append((day, str(day.year) if day.month == 1 else name))
        month += 1
    return found
