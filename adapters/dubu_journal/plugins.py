"""The plugins of the journal: found, started, and asked one at a time.

A plugin that fails is logged and left out of the answer, so that the journal stays usable. The veto
is the exception: a plugin that cannot say whether a case may be opened keeps it closed.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

import pluggy
import structlog
from starlette.types import ASGIApp

from dubu_journal import hookspecs

log = structlog.get_logger("dubu_journal")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A link in the bar."""

    title: str
    url: str
    count: int | None = None
    card: bool = False
    """Whether it stands in the card under the user's name, and not beside the pages."""


@dataclass(frozen=True, slots=True)
class Box:
    """Something of a plugin's on the front page."""

    title: str = field(repr=False)
    html: str = field(repr=False)
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab a plugin adds to a case."""

    key: str
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Something of a plugin's that a search found."""

    title: str = field(repr=False)
    url: str
    detail: str = field(default="", repr=False)
    source: str = "Fra tilføjelser"
    """The heading it stands under."""
    case: str = ""
    """The number of the host's case it is, where it is one."""


SILENT: Final = Box(
    "Tilføjelse",
    "<p>En tilføjelse til journalen svarede ikke. Genindlæs siden om lidt; "
    "bliver den ved, så sig det til driften.</p>",
)


FAILED: Final = object()
"""Stands for the answer of a plugin that raised."""


class Plugins:
    """Everything that extends the journal in this process."""

    def __init__(self, manager: pluggy.PluginManager) -> None:
        self._manager = manager

    @classmethod
    def load(
        cls, settings_file: str, *, installed: bool = True, extra: Iterable[object] = ()
    ) -> Self:
        """Find the plugins and start them.

        A plugin that cannot start stops the journal: without it, its veto would be missing too.

        :param extra: plugins beside the installed ones.
        """
        manager = pluggy.PluginManager(hookspecs.PROJECT)
        manager.add_hookspecs(hookspecs)
        if installed:
            manager.load_setuptools_entrypoints(hookspecs.PROJECT)
        for plugin in extra:
            manager.register(plugin)
        for started in manager.hook.journal_start(settings_file=settings_file):
            manager.register(started)
        manager.check_pending()
        return cls(manager)

    @classmethod
    def none(cls) -> Self:
        """Return no plugins at all."""
        return cls.load("", installed=False)

    def started(self) -> None:
        """Tell that requests are taken from now on."""
        self._tell("journal_started")

    def stopping(self) -> None:
        """Tell that it ends."""
        self._tell("journal_stopping")

    def new_day(self, now: datetime) -> None:
        """Tell that a day has begun."""
        self._tell("journal_daily_tick", now=now)

    def case_changed(self, case: str, user: str, changed: Sequence[str]) -> None:
        """Tell that a user changed a case, where they did."""
        if changed:
            self._tell("journal_case_changed", case=case, user=user, changed=list(changed))

    def take_post(self, post: str) -> bool:
        """Offer an item that came in; return whether a plugin took it."""
        answers = [answer is True for _, answer in self._ask("journal_post_received", post=post)]
        return any(answers)

    def menu(self, user: str) -> list[MenuItem]:
        """Return the plugins' links in the bar."""
        return self._list(MenuItem, "journal_menu", user=user)

    def boxes(self, user: str) -> list[Box]:
        """Return the plugins' boxes on the front page; one that fails gets a box that says so."""
        boxes: list[Box] = []
        for _, answer in self._ask("journal_front_page", user=user):
            boxes += [SILENT] if answer is FAILED else [Box(**given) for given in answer or ()]
        return boxes

    def tabs(self, case: str, user: str) -> list[Tab]:
        """Return the plugins' tabs on a case."""
        return self._list(Tab, "journal_case_tabs", case=case, user=user)

    def tab(self, case: str, key: str, user: str) -> str | None:
        """Return a tab's HTML, or None where no plugin has the tab."""
        for _, answer in self._ask("journal_case_tab", case=case, key=key, user=user):
            if answer is FAILED:
                return SILENT.html
            if answer is not None:
                return str(answer)
        return None

    def closed(self, user: str, cases: Sequence[str]) -> frozenset[str]:
        """Return which of the cases a plugin keeps closed to the user."""
        return self._kept("journal_may_open", user, "cases", cases)

    def closed_post(self, user: str, posts: Sequence[str]) -> frozenset[str]:
        """Return which items of post a plugin keeps from the user."""
        return self._kept("journal_may_see_post", user, "posts", posts)

    def closed_letters(self, user: str, letters: Sequence[str]) -> frozenset[str]:
        """Return which letters in the tray a plugin keeps from the user."""
        return self._kept("journal_may_see_letters", user, "letters", letters)

    def mounted(self) -> list[tuple[str, ASGIApp]]:
        """Return the plugins' own applications and their prefixes, the longest first."""
        given = [pair for pairs in self._manager.hook.journal_mount() for pair in pairs or ()]
        return sorted(given, key=lambda pair: -len(pair[0]))

    def around(self, client: ASGIApp) -> ASGIApp:
        """Return the whole client with what the plugins have put around it."""
        for implementation in self._manager.hook.journal_around.get_hookimpls():
            function: Callable[..., Any] = implementation.function
            client = function(client=client)
        return client

    def head(self) -> str:
        """Return what the plugins' content needs in the page's head."""
        found = [answer for _, answer in self._ask("journal_head") if answer is not FAILED]
        return "\n".join(html for html in found if html)

    def search(self, user: str, text: str) -> list[Found]:
        """Return what of the plugins' own a text finds."""
        return self._list(Found, "journal_search", user=user, text=text)

    def _kept(self, veto: str, user: str, name: str, keys: Sequence[str]) -> frozenset[str]:
        """Return the keys a plugin says no to; all of them where one cannot say."""
        shut: set[str] = set()
        if keys:
            for _, answer in self._ask(veto, user=user, **{name: list(keys)}):
                if answer is FAILED:
                    return frozenset(keys)
                shut |= {key for key, opens in (answer or {}).items() if not opens}
        return frozenset(shut)

    def _list(self, kind: Callable[..., Any], hook: str, **given: Any) -> list[Any]:
        items: list[Mapping[str, Any]] = []
        for _, answer in self._ask(hook, **given):
            items += [] if answer is FAILED else answer or ()
        return [kind(**item) for item in items]

    def _tell(self, hook: str, **given: Any) -> None:
        for _ in self._ask(hook, **given):
            pass

    def _ask(self, hook: str, **given: Any) -> Iterator[tuple[str, Any]]:
        """Yield each plugin's answer, or `FAILED`: pluggy's own call stops at the first fault."""
        for implementation in getattr(self._manager.hook, hook).get_hookimpls():
            taken = {name: given[name] for name in implementation.argnames}
            try:
                answer = implementation.function(**taken)
            except Exception as fault:
                log.error(
                    "plugin_failed",
                    plugin=implementation.plugin_name,
                    hook=hook,
                    fault=type(fault).__name__,
                    at=_place(fault),
                )
                answer = FAILED
            yield implementation.plugin_name, answer


def _place(fault: Exception) -> str:
    """Return where it went wrong. The message is left out: it may hold somebody's data."""
    frames = traceback.extract_tb(fault.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"
