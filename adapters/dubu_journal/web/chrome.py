"""What stands around every page: the bar, the list of my cases, the head and the tabs of a case."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from dubu_journal import access, danish, reminders, users
from dubu_journal.access import Viewer
from dubu_journal.cases import Case
from dubu_journal.plugins import MenuItem, Plugins, Tab
from dubu_journal.reminders import Reminder
from dubu_journal.users import User
from dubu_journal.web import reading
from dubu_journal.web.doors import Doors
from dubu_journal.web.reading import Listed

TRAINING: Final = "Øvemiljø. Alle personer er opdigtede, og intet sendes ud."

MENU: Final = (
    MenuItem("Min dag", "/"),
    MenuItem("Sager", "/sager"),
    MenuItem("Post", "/post"),
    MenuItem("Adresser", "/adressebog"),
    MenuItem("Kalender", "/kalender"),
)

TABS: Final = (
    Tab("overblik", "Overblik", ""),
    Tab("dokumenter", "Dokumenter", "/dokumenter"),
    Tab("journal", "Journal", "/journal"),
    Tab("parter", "Parter", "/parter"),
    Tab("erindringer", "Erindringer", "/erindringer"),
    Tab("kalender", "Kalender", "/kalender"),
)
"""The journal's own tabs; each address begins with the case's."""

READS: Final = Tab("laesninger", "Læsninger", "/laesninger")
"""The tab for those who may see who has read the case."""

LIST: Final = 40
"""How many of my cases the list holds."""
MOST_COUNTED: Final = 99
"""What a count in the bar stops at."""


@dataclass(frozen=True, slots=True)
class MyCases:
    """The list at the left."""

    cases: Sequence[Listed]
    more: bool
    current: int | None


@dataclass(frozen=True, slots=True)
class CaseHead:
    """The head of a case, and its tabs."""

    case: Case
    unit: str
    tabs: Sequence[Tab]
    current: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around one page."""

    user: User
    menu: Sequence[MenuItem]
    current: str
    municipality: str
    notices: Sequence[str]
    head: str
    """The plugins' own ``<link>`` and ``<script>``, where the page shows something of theirs."""
    list: MyCases | None = None
    case: CaseHead | None = None
    writes: bool = True
    """Whether what changes something is shown."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside every page, found once where the page itself shows some of it too."""

    mine: Sequence[Case]
    reminders: Sequence[Reminder] = field(repr=False)
    """Those I am to see today, the soonest first, at most `MOST_COUNTED`."""
    due: Sequence[int]
    """The case of each that is due today, as far as the host's own rule shows it."""

    @property
    def ids(self) -> frozenset[int]:
        """The cases. All are asked about at once: a plugin looks each question up."""
        return frozenset((*self.due, *(case.id for case in self.mine)))


@dataclass(frozen=True, slots=True)
class Builder:
    """Puts the surroundings of a page together."""

    doors: Doors
    plugins: Plugins
    municipality: str
    training: bool

    def around(
        self,
        connection: sa.Connection,
        user: User,
        viewer: Viewer,
        *,
        now: datetime,
        current: str = "",
        notices: Sequence[str] = (),
        head: str = "",
        listed: bool = False,
        beside: Beside | None = None,
    ) -> Chrome:
        """Return what stands around a page that is about no case.

        :param listed: whether the list of my cases stands at the left.
        :param beside: what the page has found of it already; see `beside`.
        """
        said = ([TRAINING] if self.training else []) + list(notices)
        if beside is None:
            beside = self.beside(connection, viewer, now, listed=listed)
            self.doors.ids(viewer, beside.ids)
        return Chrome(
            user=user,
            menu=self._menu(connection, viewer, beside.due),
            current=current,
            municipality=self.municipality,
            notices=list(dict.fromkeys(said)),
            head=head,
            list=self._list(connection, viewer, beside.mine) if listed else None,
            writes=not viewer.only_reads,
        )

    def beside(
        self, connection: sa.Connection, viewer: Viewer, now: datetime, *, listed: bool = True
    ) -> Beside:
        """Return what stands beside a page, before any plugin is asked what of it opens."""
        midnight = danish.midnight(danish.today(now) + timedelta(days=1))
        found = reminders.of_user(connection, viewer.user, danish.today(now), limit=MOST_COUNTED)
        due = [one.case_id for one in found if one.due < midnight]
        seen = access.visible_of(connection, viewer, due)
        mine = reading.mine(connection, viewer, limit=LIST + 1) if listed else []
        return Beside(mine, found, [case_id for case_id in due if case_id in seen])

    def on_case(
        self, connection: sa.Connection, chrome: Chrome, viewer: Viewer, case: Case, tab: str
    ) -> Chrome:
        """Return the surroundings, the list of my cases in them, with the case's head and tabs."""
        unit = users.unit(connection, case.unit)
        head = CaseHead(case, unit.title if unit else "", self._tabs(case, viewer), tab)
        marked = chrome.list and replace(chrome.list, current=case.id)
        return replace(chrome, case=head, list=marked)

    def _list(self, connection: sa.Connection, viewer: Viewer, mine: Sequence[Case]) -> MyCases:
        shown = self.doors.open(viewer, mine[:LIST])
        return MyCases(reading.with_primary(connection, shown), len(mine) > LIST, None)

    def _menu(
        self, connection: sa.Connection, viewer: Viewer, due: Sequence[int]
    ) -> list[MenuItem]:
        opens = self.doors.ids(viewer, due)
        counts: dict[str, int | None] = {"/": sum(case_id in opens for case_id in due)}
        if self.doors.sees_post(viewer):
            counts["/post"] = reading.new_post(connection, most=MOST_COUNTED)
        own = {item.url for item in MENU}
        given = self.plugins.menu(viewer.user)
        counts |= {item.url: item.count for item in given if item.url in own}
        counted = [replace(item, count=counts.get(item.url) or None) for item in MENU]
        return counted + [item for item in given if item.url not in own]

    def _tabs(self, case: Case, viewer: Viewer) -> list[Tab]:
        place = f"/sager/{case.id}"
        reads = access.sees_reads(viewer, responsible=case.responsible, unit=case.unit)
        shown = (*TABS, READS) if reads else TABS
        own = [replace(tab, url=place + (tab.url or "")) for tab in shown]
        given = self.plugins.tabs(str(case.id), viewer.user)
        return own + [
            tab if tab.url else replace(tab, url=f"{place}/fane/{tab.key}") for tab in given
        ]
