"""Ask every calendar with a meeting of ours in it what others have changed, and take that over.

What is written to a calendar while it is asked is not taken for somebody else's: a meeting whose
version has changed meanwhile is left until the next time.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, Protocol

import structlog

from dubu_plugin.errors import AdapterError, Unreachable
from dubu_plugin.ports.calendar import Calendar, CalendarFlag, Changed, Changes, Held
from dubu_plugin.store.database import Store
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Moede
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.moede.take_over import take_over

log = structlog.get_logger()

LOOKS_BACK: Final = timedelta(days=1)
"""A meeting is followed until so long after its end."""


class Calendars(Protocol):
    """The part of the ports that is asked."""

    @property
    def calendar(self) -> Calendar | None:
        """The calendars, where there are any."""


class Following(Protocol):
    """What following the calendars needs."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def ports(self) -> Calendars:
        """The other systems."""


@dataclass(slots=True)
class Pulled:
    """What a round came to."""

    asked: int = 0
    changed: int = 0
    silent: list[str] = field(default_factory=list)
    """The owners whose calendar did not answer, or could not be read."""


def pull_changes(product: Following, now: datetime) -> Pulled:
    """Go through the calendars once.

    A server that does not answer is left alone until the next time, since others wait meanwhile.
    """
    pulled = Pulled()
    calendar = product.ports.calendar
    if calendar is None or CalendarFlag.CHANGES not in calendar.capabilities():
        return pulled
    with product.store.read() as connection:
        followed = moeder.followed(connection, after=now - LOOKS_BACK)
        cursors = moeder.cursors(connection, {one.owner for one in followed})
    for owner, theirs in groupby(followed, key=lambda one: one.owner):
        pulled.asked += 1
        try:
            mine = list(theirs)
            changes = _asked(calendar, owner, cursors.get(owner), mine)
        except AdapterError as no:
            pulled.silent.append(owner)
            log.warning("calendar_not_read", error=type(no).__name__, code=no.code)
            if isinstance(no, Unreachable):
                break
            continue
        news = _news(mine, changes)
        if news or changes.next != cursors.get(owner):
            pulled.changed += _taken(product.store, owner, news, changes.next, now)
    return pulled


def _asked(calendar: Calendar, owner: str, cursor: str | None, known: list[Moede]) -> Changes:
    """Ask one calendar. What a whole listing leaves out is looked up before it counts as gone."""
    changes = calendar.changes_since(owner, cursor)
    if not changes.complete:
        return changes
    named = {one.key for one in changes.items}
    missing = [one.id for one in known if one.id not in named]
    looked_up = [Changed(key, calendar.held(owner, key)) for key in missing]
    return replace(changes, items=[*changes.items, *looked_up])


def _news(known: list[Moede], changes: Changes) -> list[tuple[Moede, Held | None]]:
    """Return the meetings that stand otherwise in the calendar than when we saw them last."""
    by_key = {one.id: one for one in known}
    return [
        (by_key[one.key], one.held)
        for one in changes.items
        if one.key in by_key
        if one.held is None or one.held.version != by_key[one.key].calendar_version
    ]


def _taken(
    store: Store, owner: str, news: list[tuple[Moede, Held | None]], cursor: str, now: datetime
) -> int:
    with store.write(actor=SYSTEM, now=now) as work:
        changed = 0
        for seen, held in news:
            current = moeder.by_id(work.connection, seen.id)
            if current is not None and current.calendar_version == seen.calendar_version:
                changed += take_over(work, seen.id, held)
        moeder.keep_cursor(work.connection, owner, cursor, now=now)
    return changed
