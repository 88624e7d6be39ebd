"""What the embedded journal host calls: our tabs, our front page, its post, its days.

The host finds this module by its entry point and asks it once to start; the object it is given then
answers the rest. Nothing here imports the host: the hooks are known by their names.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

import pluggy
import structlog
from starlette.types import ASGIApp

from dubu_plugin import app
from dubu_plugin.app import Product
from dubu_plugin.delivery.chores import every_minute
from dubu_plugin.delivery.comparing import Comparing
from dubu_plugin.delivery.worker import Worker
from dubu_plugin.domain.access import Act, Asker, decide, opens
from dubu_plugin.errors import DubuError, Refused, Unreachable
from dubu_plugin.settings import Settings
from dubu_plugin.store import access, host_doors
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.failures import StorageError
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.store.underretning import indgang
from dubu_plugin.usecases.sag.follow_host import case_changed
from dubu_plugin.usecases.underretning.receive import receive
from dubu_plugin.usecases.underretning.reconcile import from_host, reconcile
from dubu_plugin.usecases.upkeep.copy_staff import copy_staff
from dubu_plugin.web import door, search_page, site
from dubu_plugin.web.drawing import Drawing
from dubu_plugin.web.help_page import URL as HJAELP
from dubu_plugin.web.indgang.page import URL as INDGANG
from dubu_plugin.web.indgang.post_lines import sees_post
from dubu_plugin.web.min_dag.page import day
from dubu_plugin.web.one_page import OnePage
from dubu_plugin.web.refusals import not_readable
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.sag.view import panel
from dubu_plugin.web.start_page import TASKS
from dubu_plugin.web.ways import menu_of

hookimpl = pluggy.HookimplMarker("dubu_journal")

log = structlog.get_logger()

TITLE: Final = "Barn og familie"
_BOX: Final = (
    '<div class="dubu"><div class="page"><section class="box"><div class="empty">'
    "<strong>Siden kan ikke vises</strong>{}</div></section></div></div>"
)
CLOSED_TAB: Final = _BOX.format(
    "Sagen findes ikke, eller du har ikke adgang. Søg igen, eller spørg din leder."
)


@hookimpl
def journal_start(settings_file: str) -> "HostHooks":
    """Start with the settings the host runs on."""
    return HostHooks(app.build(Settings.from_file(Path(settings_file))))


class HostHooks:
    """Our answers to the host's hooks, over one product."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.worker = Worker(product, chores=partial(every_minute, product))
        self.comparing = Comparing(product)

    @cached_property
    def drawing(self) -> Drawing:
        """What draws the parts the host shows among its own."""
        return Drawing(self.product)

    # -- the life of the process ---------------------------------------------------------------

    @hookimpl
    def journal_started(self) -> None:
        """Learn who works here, and begin to deliver."""
        copy_staff(self.product, self.product.clock())
        self.worker.start()
        self.comparing.start()

    @hookimpl
    def journal_stopping(self) -> None:
        """Finish what is on its way."""
        self.comparing.stop()
        self.worker.stop()
        self.product.store.close()

    @hookimpl
    def journal_daily_tick(self, now: datetime) -> None:
        """Learn who works here now, prove that nothing was lost, and hear what was missed."""
        copy_staff(self.product, now)
        self._reconcile(now)
        self.comparing.compare(now)

    def _reconcile(self, now: datetime) -> None:
        try:
            proof = reconcile(self.product, now)
        except (Unreachable, StorageError) as silence:
            log.error("reconciliation_impossible", error=type(silence).__name__)
            return
        told = log.info if proof.holds else log.error
        told(
            "reconciled",
            received=proof.received,
            taken_in=len(proof.taken_in),
            open_lines=proof.open_lines,
            not_taken=len(proof.not_taken),
            lost=len(proof.lost),
            unaccounted=len(proof.unaccounted),
        )

    @hookimpl
    def journal_case_changed(self, case: str, user: str, changed: Sequence[str]) -> None:
        """Take over what somebody changed in the host. What fails here the daily tick mends."""
        now = self.product.clock()
        try:
            case_changed(case, changed, product=self.product, actor=user, now=now)
        except DubuError as no:
            log.error("case_not_followed", case=case, error=type(no).__name__)

    @hookimpl
    def journal_post_received(self, post: str) -> bool | None:
        """Take an item in. It is ours only when it is stored."""
        incoming = self.product.ports.incoming
        try:
            item = from_host(incoming.item(post), incoming.open_post(post))
            receive(item, product=self.product, actor=SYSTEM, now=self.product.clock())
        except (Refused, Unreachable) as no:
            log.error("post_not_opened", error=str(no))
            return None
        except DubuError as no:
            # The disk is full, say: the host offers it again.
            log.error("post_not_taken_in", error=type(no).__name__)
            return None
        return True

    # -- the client ----------------------------------------------------------------------------

    @hookimpl
    def journal_mount(self) -> Sequence[tuple[str, Any]]:
        """Return our pages."""
        return [("/dubu", site.asgi(self.product))]

    @hookimpl
    def journal_around(self, client: ASGIApp) -> ASGIApp:
        """Remember for as long as one page of the host's is made what it has asked us."""
        return OnePage(client)

    @hookimpl
    def journal_head(self) -> str:
        """Return what our parts need in the page's head."""
        return self.drawing.head()

    @hookimpl
    def journal_menu(self, user: str) -> Sequence[Mapping[str, Any]]:
        """Return Indgang with how much lies there, for those who see any of it, and Hjælp."""
        with self.product.store.read() as connection:
            asker = access.asker(connection, user)
            if asker is None or not opens(asker, Act.SEARCH, protected=False):
                return () if asker is None else _without_cases(asker)
            count = indgang.waiting(
                connection, asker, sees_post=sees_post(asker, self.product.settings)
            )
        return (
            {"title": "Indgang", "url": INDGANG, "count": count},
            {"title": "Hjælp og genveje", "url": HJAELP, "card": True},
        )

    @hookimpl
    def journal_front_page(self, user: str) -> Sequence[Mapping[str, Any]]:
        """Return Min dag, wide; for an administrator, who has none, what there is to do."""
        now = self.product.clock()
        with self.product.store.read() as connection:
            who = access.asker(connection, user)
        if who is not None and not opens(who, Act.SEARCH, protected=False):
            if not opens(who, Act.ADMINISTER, protected=False):
                return ()
            html = self.drawing.part("administration_box.html", now, tasks=TASKS)
            return ({"title": "Administration", "html": html, "wide": True},)
        try:
            asker = door.enter(self.product, user, Act.SEARCH, page="min-dag")
        except NotYours:
            return ()
        except StorageError as no:
            return ({"title": "Min dag", "html": _not_shown(no), "wide": True},)
        shown = day(self.product, asker, now)
        html = self.drawing.part("min_dag/box.html", now, day=shown)
        return ({"title": "Min dag", "html": html, "wide": True},)

    @hookimpl
    def journal_case_tabs(self, case: str, user: str) -> Sequence[Mapping[str, Any]]:
        """Return our tab on a case that is ours and theirs."""
        with self.product.store.read() as connection:
            sag = sag_panel.by_host_key(connection, case)
            asker = access.asker(connection, user) if sag else None
            found = access.subject(connection, asker, "sag", sag) if sag and asker else None
        if asker is None or found is None or not decide(asker, Act.READ, found):
            return ()
        return ({"key": TAB, "title": TITLE},)

    @hookimpl
    def journal_case_tab(self, case: str, key: str, user: str) -> str | None:
        """Return our panel; reading it is logged like any other reading."""
        if key != TAB:
            return None
        now = self.product.clock()
        with self.product.store.read() as connection:
            sag = sag_panel.by_host_key(connection, case)
        if sag is None:
            return None
        try:
            asker = door.enter(self.product, user, Act.READ, about="sag", number=sag)
        except NotYours:
            return CLOSED_TAB
        except StorageError as no:
            return _not_shown(no)
        with self.product.store.read() as connection:
            head = sag_panel.head(connection, sag)
            shown = panel(connection, self.product, asker, head, now)
        return self.drawing.part("sag/case_tab.html", now, c=shown, u=None)

    @hookimpl
    def journal_may_open(self, user: str, cases: Sequence[str]) -> Mapping[str, bool]:
        """Close the cases that are ours and not theirs, and those about them or their family."""
        with self.product.store.read() as connection:
            return host_doors.may_open(connection, access.asker(connection, user), cases)

    @hookimpl
    def journal_may_see_post(self, user: str, posts: Sequence[str]) -> Mapping[str, bool]:
        """Close the post that is about what is not theirs: an underretning on their own family."""
        with self.product.store.read() as connection:
            return host_doors.may_see_post(connection, access.asker(connection, user), posts)

    @hookimpl
    def journal_may_see_letters(self, user: str, letters: Sequence[str]) -> Mapping[str, bool]:
        """Close the letters of ours that are about what is not theirs."""
        with self.product.store.read() as connection:
            return host_doors.may_see_letters(connection, access.asker(connection, user), letters)

    @hookimpl
    def journal_search(self, user: str, text: str) -> Sequence[Mapping[str, Any]]:
        """Return what of ours a search in the host finds; the search is logged with us too."""
        try:
            return search_page.found_for(self.product, user, text, heading=TITLE)
        except StorageError as no:
            log.error("not_searched", error=type(no).__name__)
            return ({"title": not_readable(no), "url": search_page.URL, "source": TITLE},)


def _without_cases(asker: Asker) -> Sequence[Mapping[str, Any]]:
    """Return the links of somebody who has nothing to do with cases."""
    links = [(title, url) for title, url in menu_of(asker) if url != HJAELP]
    return (
        *({"title": title, "url": url} for title, url in links),
        *([{"title": "Hjælp og genveje", "url": HJAELP, "card": True}] if menu_of(asker) else ()),
    )


def _not_shown(no: StorageError) -> str:
    """Return what stands where our part cannot be: what shows a person is logged, or not shown."""
    log.error("part_not_shown", error=type(no).__name__)
    return _BOX.format(not_readable(no))
