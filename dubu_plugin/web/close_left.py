"""What is left on a case that is to be closed, beside its duties: nobody sees to it afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.moede import TITLES
from dubu_plugin.store import erindringer, moeder, skrifter
from dubu_plugin.store.moeder import Moede
from dubu_plugin.store.sag_panel import Head
from dubu_plugin.store.skrifter import Skrift
from dubu_plugin.web.door import Visit
from dubu_plugin.web.steps import WORDS

UNFINISHED: Final = frozenset({"screening", "afdaekning", "boernefaglig_undersoegelse"})
"""Steps a case can stand in the middle of, though no duty of them is open."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left."""

    meetings: Sequence[tuple[str, str]]
    """Those to come: the key, and what and when."""
    begun: Sequence[tuple[str, str]]
    """What is written on and not finished, and where."""
    reminders: Sequence[str] = field(repr=False)

    def __bool__(self) -> bool:
        return bool(self.meetings or self.begun or self.reminders)


def left_on(connection: sa.Connection, visit: Visit, head: Head) -> Left:
    """Return what is left on the case."""
    sag, now = visit.subject, visit.now
    url = f"/dubu/sag/{sag}"
    coming = [
        one for one in reversed(moeder.of_sag(connection, sag)) if one.is_on and one.when.ends > now
    ]
    written = [one for one in skrifter.of_sag(connection, sag) if one.is_open]
    begun = [(_called(visit, one), f"{url}/skrift/{one.id}") for one in written]
    if head.step in UNFINISHED and head.step not in {one.kind for one in written}:
        begun.append((f"Sagen står ved {WORDS[head.step]}, som ikke er noteret afsluttet", url))
    return Left(
        [(str(one.id), f"{TITLES[one.form]}, {_when(one, visit)}") for one in coming],
        begun,
        [
            danish.unbroken(f"{one.note} ({danish.list_date(one.day, danish.danish_day(now))})")
            for one in erindringer.of_case(connection, visit.asker, sag)
        ],
    )


def _called(visit: Visit, one: Skrift) -> str:
    forms = visit.product.forms.forms
    title = forms[one.kind].title if one.kind in forms else "En skrivning"
    return f"{title} er begyndt og ikke færdig"


def _when(one: Moede, visit: Visit) -> str:
    return danish.unbroken(danish.list_moment(one.when.starts, visit.now))
