"""The host's bar, case head and tabs around a plugin's pages: `dubu_plugin.ports.frame.Frame`."""

import sqlalchemy as sa

from dubu_journal import access, users
from dubu_journal.access import Viewer
from dubu_journal.cases import Case
from dubu_journal.host import Host
from dubu_journal.refusals import NotThere
from dubu_journal.web import desks
from dubu_journal.web.chrome import Beside, Chrome
from dubu_journal.web.desk import Desk
from dubu_journal.web.forms import Form
from dubu_plugin.ports.frame import FRONT_PAGE, Framed


class EmbeddedFrame:
    """Draws the chrome of the client that is served from this host."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def draw(self, page: Framed) -> str:
        """Return the whole HTML document.

        :raises NotThere: nobody who works here has this key.
        """
        desk = desks.of(self._host)
        with self._host.database.reading() as connection:
            chrome = self._chrome(connection, desk, page)
        return desk.pages.draw(
            "framed.html",
            chrome=chrome,
            form=Form(),
            said="",
            title=page.title,
            body=page.body,
            # A page has one main part. Whoever draws a whole page may have marked it already.
            own_main="<main" in page.body,
        )

    def _chrome(self, connection: sa.Connection, desk: Desk, page: Framed) -> Chrome:
        user = users.user(connection, page.employee)
        if user is None or not user.active:
            raise NotThere("user")
        viewer = access.viewer_of(connection, user)
        now, about = desk.clock(), _number(page.case)
        beside = desk.chrome.beside(connection, viewer, now, listed=about is not None)
        case = _case(connection, desk, viewer, about, beside)
        chrome = desk.chrome.around(
            connection,
            user,
            viewer,
            now=now,
            current="/" if page.menu == FRONT_PAGE else page.menu or "",
            notices=page.notices,
            head=page.head,
            listed=case is not None,
            beside=beside,
        )
        if case is None:
            return chrome
        return desk.chrome.on_case(connection, chrome, viewer, case, page.tab or "")


def _number(key: str | None) -> int | None:
    return int(key) if key is not None and key.isdecimal() else None


def _case(
    connection: sa.Connection, desk: Desk, viewer: Viewer, number: int | None, beside: Beside
) -> Case | None:
    """Return the case the page is about.

    None also where our head of it stays closed though the plugin lets them see its page.
    """
    if number is None:
        return None
    try:
        return desk.doors.case(connection, viewer, number, beside.ids)
    except NotThere:
        return None
