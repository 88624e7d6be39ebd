"""The hooks a plugin may implement to add to the journal.

A plugin is found by an entry point in the group ``dubu_journal``. It is asked once to start, and
the hooks below are looked for on what it answers. It may take any subset of a hook's arguments.
Users, cases and post items are named by the keys of the ports: text, opaque, the host's own.

All HTML handed over is shown as it is: the plugin has escaped it. An exception in a plugin never
takes a page of the journal down; where the hook is a veto, it counts as a no.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pluggy

PROJECT = "dubu_journal"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def journal_start(settings_file: str) -> object | None:
    """Start the plugin, and return the object that answers the other hooks.

    Called once, when the web client is put together. Start no thread here; see `journal_started`.

    :param settings_file: the path of the installation's settings.
    """
    return None


@hookspec
def journal_started() -> None:
    """Hear that the journal takes requests from now on. The place to start a thread."""


@hookspec
def journal_stopping() -> None:
    """Hear that the journal is about to end. Let go of everything, and wait for your threads."""


@hookspec
def journal_menu(user: str) -> Sequence[Mapping[str, Any]]:
    """Return items for the bar: ``title``, ``url``, and ``count`` where there is a number to show.

    An item with ``card`` stands in the card under the user's name: help, say.
    An item whose ``url`` is one of the journal's own (``/``, ``/post``) gives that item its count
    instead of adding one.
    """
    return ()


@hookspec
def journal_front_page(user: str) -> Sequence[Mapping[str, Any]]:
    """Return boxes for the front page: ``title``, ``html``, ``wide``.

    A wide box has the page's whole width and no heading of the journal's.
    """
    return ()


@hookspec
def journal_case_tabs(case: str, user: str) -> Sequence[Mapping[str, Any]]:
    """Return tabs for a case: ``key``, ``title``, and ``url`` where it is a page of your own.

    Without ``url`` the tab's content is asked for with `journal_case_tab`.
    """
    return ()


@hookspec
def journal_case_tab(case: str, key: str, user: str) -> str | None:
    """Return the HTML of a tab, or None where the tab is not yours."""
    return None


@hookspec
def journal_may_open(user: str, cases: Sequence[str]) -> Mapping[str, bool]:
    """Return, for the cases you have an opinion on, whether the user may open them.

    False closes a case to the user everywhere, also in lists and searches. True opens nothing that
    the journal keeps closed. A case left out is one you have no opinion on.
    """
    return {}


@hookspec
def journal_may_see_post(user: str, posts: Sequence[str]) -> Mapping[str, bool]:
    """Return, for the post that came in and that you have an opinion on, whether the user may see
    it: what you made of it may be kept from somebody who else sees to the post.

    As with `journal_may_open`, False closes everywhere and True opens nothing.
    """
    return {}


@hookspec
def journal_may_see_letters(user: str, letters: Sequence[str]) -> Mapping[str, bool]:
    """Return, for the letters in the tray that you put there, whether the user may see them.

    :param letters: the keys of the operations that put them there.
    """
    return {}


@hookspec
def journal_post_received(post: str) -> bool | None:
    """Hear that something came in. It is stored; its sender has its receipt.

    Return True once it is yours. Until some plugin has said so the item is offered again, so the
    same item may come more than once.
    """
    return None


@hookspec
def journal_case_changed(case: str, user: str, changed: Sequence[str]) -> None:
    """Hear that a user changed a case in the client. It is stored; ask the port how it is now.

    What is changed through the port is not told: whoever did it knows. A call may be missed, when
    the process ends at the wrong moment, so compare now and then.

    :param changed: what is another now: ``title``, ``responsible``, ``unit``, ``protected``,
        ``status``. Never empty.
    """


@hookspec
def journal_daily_tick(now: datetime) -> None:
    """Hear that a day has begun in Denmark. Also called at start-up, so it must bear repeating."""


@hookspec
def journal_mount() -> Sequence[tuple[str, Any]]:
    """Return ASGI applications and the path each answers under, for example ``/dubu``.

    The application sees the whole path, prefix and all. It asks the identity port who is asking.
    """
    return ()


@hookspec
def journal_around(client: Any) -> Any:
    """Return an ASGI application around the whole client, other plugins' applications included.

    For what lasts as long as a request, such as remembering what one page has asked for already.
    """
    return client


@hookspec
def journal_head() -> str | None:
    """Return ``<link>`` and ``<script>`` elements for pages that show something of yours.

    They must point at our own origin: the pages run under a strict Content Security Policy.
    """
    return None


@hookspec
def journal_search(user: str, text: str) -> Sequence[Mapping[str, Any]]:
    """Return what of yours the text finds for this user: ``title``, ``url``, ``detail``.

    ``source`` is the heading it stands under. What is a case of the journal's says so by ``case``,
    its number, and is not shown beside the case itself.
    """
    return ()
