"""What is noted on a case and stands among no indsatser yet, on the pages of those."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.indsatser import Combination
from dubu_plugin.store.indsats.indsatser import Indsats, Noted
from dubu_plugin.store.indsats.running import BEGINS, ended
from dubu_plugin.usecases.indsats.noted_before import NEW, of_kind, without_row
from dubu_plugin.web.sag.course_words import COURSE


@dataclass(frozen=True, slots=True)
class NotedLine:
    """Something that was noted and stands among no indsatser."""

    title: str
    when: str
    url: str
    """Where it is written in; empty where it is over."""


@dataclass(frozen=True, slots=True)
class NotedThing:
    """The same as the timeline has it."""

    title: str
    begins: date
    ends: date | None
    """The last day; None where it runs."""
    url: str
    """Where it is written in; empty where it is over."""


def things(told: Sequence[Noted], ours: Sequence[Indsats], url: str) -> Sequence[NotedThing]:
    """Return what was noted and stands among no indsatser: what, and when.

    :param url: the case's.
    """
    known = {str(one.id) for one in ours}
    over = dict(ended((one.what, one.data) for one in told))
    found: dict[str, NotedThing] = {}
    for at, one in enumerate(told):
        if one.what not in BEGINS:
            continue
        key = str(one.data.get(BEGINS[one.what].value) or one.id)
        if key in known or key in found:
            continue
        first = danish.danish_day(one.at)
        last = danish.danish_day(told[over[at]].at) if at in over else None
        write = f"{url}/indsatser/ny?fra={first.isoformat()}&noteret={key}" if last is None else ""
        found[key] = NotedThing(COURSE[one.what][0], first, last, write)
    return list(found.values())


def elsewhere(found: Sequence[NotedThing], today: date) -> Sequence[NotedLine]:
    """Return a line for each."""
    return [NotedLine(one.title, _when(one, today), one.url) for one in found]


def noted_choices(
    connection: sa.Connection,
    sag: UUID,
    ours: Sequence[Indsats],
    choices: Sequence[Combination],
    today: date,
) -> Sequence[tuple[str, str]]:
    """Return what is noted on a case that a new indsats may be, and that it is new; nothing where
    none is noted."""
    there = without_row(connection, sag, ours)
    may = {one.key for row in choices for one in of_kind(there, row.indsats)}
    found = [
        (one.key, danish.unbroken(f"{COURSE[one.what][0]} fra {_on(one.occurred_at, today)}"))
        for one in there
        if one.key in may
    ]
    return [*found, (NEW, "Nej, den er ny")] if found else ()


def _on(moment: datetime, today: date) -> str:
    return danish.list_date(danish.danish_day(moment), today)


def _when(one: NotedThing, today: date) -> str:
    until = f" til {danish.list_date(one.ends, today)}" if one.ends else ""
    return danish.unbroken(f"fra {danish.list_date(one.begins, today)}{until}")
