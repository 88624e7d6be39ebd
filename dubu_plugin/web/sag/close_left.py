"""What is left on a case that is to be closed, beside its duties: nobody sees to it afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.forloeb import Stage, State
from dubu_plugin.domain.forloeb_handicap import line_of
from dubu_plugin.domain.forloeb_reached import reached
from dubu_plugin.domain.moede import TITLES
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Moede
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.sag import sag_events
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.web.door import Visit
from dubu_plugin.web.sag.steps import WORDS

UNFINISHED: Final = {
    "screening": Stage.SCREENING,
    "afdaekning": Stage.UNDERSOEGELSE,
    "boernefaglig_undersoegelse": Stage.UNDERSOEGELSE,
}
"""Steps a case can stand in the middle of, though no duty of them is open, and what each is in the
line of its course."""

MANY: Final = 5
"""More lines than these are folded together under their number."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left."""

    meetings: Sequence[tuple[str, str]]
    """Those to come: the key, and what and when."""
    begun: Sequence[tuple[str, str]]
    """What is written on and not finished, and where."""
    step: str
    """The step the case stands at, where nothing written says so."""
    reminders: Sequence[str] = field(repr=False)

    @property
    def many(self) -> bool:
        """Whether so much is begun that it stands folded together."""
        return len(self.begun) > MANY

    def __bool__(self) -> bool:
        return bool(self.meetings or self.begun or self.step or self.reminders)


def left_on(connection: sa.Connection, visit: Visit, head: Head) -> Left:
    """Return what is left on the case."""
    sag, now = visit.subject, visit.now
    url = f"/dubu/sag/{sag}"
    coming = [
        one for one in reversed(moeder.of_sag(connection, sag)) if one.is_on and one.when.ends > now
    ]
    written = [one for one in skrifter.of_sag(connection, sag) if one.is_open]
    matters = {one.id: one.matter for one in afgoerelser.of_sag(connection, sag) if one.is_open}
    begun = [
        (_called(visit, one, matters.get(one.id, "")), f"{url}/{_where(one)}/{one.id}")
        for one in written
    ]
    step = ""
    if head.step not in {one.kind for one in written} and _is_unfinished(connection, visit, head):
        step = f"Sagen står ved {WORDS[head.step]}, som ikke er noteret afsluttet"
    return Left(
        [(str(one.id), f"{TITLES[one.form]}, {_when(one, visit)}") for one in coming],
        begun,
        step,
        [
            danish.unbroken(f"{one.note} ({danish.list_date(one.day, danish.danish_day(now))})")
            for one in erindringer.of_case(connection, visit.asker, sag)
        ],
    )


def _is_unfinished(connection: sa.Connection, visit: Visit, head: Head) -> bool:
    """Tell whether the case stands in the middle of the step that what came in brought it to.

    What has happened since says so: the step stays where it was brought.
    """
    stage = UNFINISHED.get(head.step)
    if stage is None:
        return False
    told = sag_events.events(connection, visit.subject, per_page=1)
    return reached(told.course, line_of(head.area))[stage].state is not State.FAERDIG


def _called(visit: Visit, one: Skrift, matter: str) -> str:
    """Return what a writing is called: of a decision what it is about, and by which paragraph."""
    found = visit.product.matters.get(matter, danish.danish_day(visit.now)) if matter else None
    if found is not None:
        return danish.unbroken(f"Afgørelse: {found.title} ({found.paragraph})")
    forms = visit.product.forms.forms
    return forms[one.kind].title if one.kind in forms else "En skrivning"


def _where(one: Skrift) -> str:
    return "afgoerelse" if one.kind is SkriftKind.AFGOERELSE else "skrift"


def _when(one: Moede, visit: Visit) -> str:
    return danish.unbroken(danish.list_moment(one.when.starts, visit.now))
