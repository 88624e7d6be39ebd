"""One request, and everything a page needs to answer it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dubu_journal import danish, ledger
from dubu_journal.access import Viewer
from dubu_journal.case_reads import LISTED, OPENED, REFUSED, SOUGHT
from dubu_journal.cases import Case
from dubu_journal.documents import Document
from dubu_journal.ledger import Made, Write
from dubu_journal.refusals import BadValue, NotThere, Refusal
from dubu_journal.users import User
from dubu_journal.web.chrome import Beside, Chrome
from dubu_journal.web.desk import Desk
from dubu_journal.web.forms import Form

DONE: Final[Mapping[str, str]] = {
    "aftale": "Aftalen er gemt.",
    "adresse": "Oplysningerne er gemt i adressebogen.",
    "dokument": "Dokumentet er journaliseret.",
    "erindring": "Erindringen er sat.",
    "erindring-udfoert": "Erindringen er udført.",
    "indtjekket": "Kladden er tjekket ind som en ny version.",
    "kladde": "Kladden er lagt på sagen.",
    "medarbejder": "Listen over medarbejdere på sagen er ændret.",
    "notat": "Notatet er føjet til journalen.",
    "part": "Parten er føjet til sagen.",
    "part-fjernet": "Parten er fjernet fra sagen.",
    "post": "Posten er journaliseret på sagen.",
    "sag": "Sagen er oprettet.",
    "sag-aendret": "Sagen er ændret.",
    "sluppet": "Kladden er sluppet. Den kan nu tjekkes ud igen.",
    "udtjekket": "Kladden er tjekket ud til dig. Hent filen, ret den, og tjek den ind her.",
}
"""What a page says when it follows a save, by the word in its address."""


WHOLE_LIST: Final = 0
"""What the read log names for a list, or a search that found nothing: nothing has this id."""

KEY: Final = "noegle"
"""The field that names one filling-in of a form, so that a double click saves once."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who is logged in, and what they ask for."""

    desk: Desk
    request: Request
    user: User
    viewer: Viewer
    now: datetime
    form: Form

    @property
    def today(self) -> date:
        """The Danish date."""
        return danish.today(self.now)

    @property
    def posts(self) -> bool:
        """Whether a form was sent."""
        return self.request.method == "POST"

    def query(self, name: str) -> str:
        """Return a parameter of the address, empty where there is none."""
        return self.request.query_params.get(name, "")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection to read with."""
        with self.desk.host.database.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give the connection that writes."""
        with self.desk.host.database.writing() as connection:
            yield connection

    def case(self, connection: sa.Connection, case_id: int, beside: Beside | None = None) -> Case:
        """Return a case that is this person's to see; that it is not is written down.

        :param beside: what the page will show besides, where it has been found already.
        :raises NotThere: there is none, or it is not theirs.
        """
        try:
            others = beside.ids if beside else ()
            return self.desk.doors.case(connection, self.viewer, case_id, others)
        except NotThere:
            self.write_down("case", case_id, REFUSED)
            raise

    def document(self, connection: sa.Connection, document_id: int) -> Document:
        """Return a document on a case that is this person's to see; see `case`.

        :raises NotThere: see `case`.
        """
        try:
            return self.desk.doors.document(connection, self.viewer, document_id)
        except NotThere:
            self.write_down("document", document_id, REFUSED)
            raise

    def once(
        self,
        operation: str,
        work: Callable[[sa.Connection], Made],
        explain: Callable[[Form, BadValue], None] | None = None,
    ) -> int | None:
        """Do what a form asks, once however often it is sent, and return the id of what it made.

        None where the host refuses; the form then says why.

        :param explain: says at which field a value was that could not be used.
        """
        try:
            key = UUID(self.form.values.get(KEY, ""))
        except ValueError:
            key = uuid4()
        write = Write(key, operation, self.user.key, self.now)
        try:
            with self.writing() as connection:
                return ledger.once(connection, write, lambda: work(connection)).object_id
        except Refusal as no:
            if explain is not None and isinstance(no, BadValue):
                explain(self.form, no)
            if self.form.ok:
                self.form.fail("", f"{no.danish} Det, du har skrevet, er her stadig.")
            return None

    def write_down(self, kind: str, object_id: int, act: str = OPENED) -> None:
        """Write in the read log that this person looked."""
        self.desk.doors.write_down(self.viewer, act, [(kind, object_id)], self.now)

    def list_down(self, kind: str) -> None:
        """Write in the read log that this person looked at a list of something."""
        self.write_down(kind, WHOLE_LIST, LISTED)

    def search_down(self, cases: Collection[int], contacts: Collection[int]) -> None:
        """Write in the read log that this person searched, and whom and what it showed them."""
        shown = [("case", one) for one in cases] + [("contact", one) for one in contacts]
        seen = shown or [("case", WHOLE_LIST)]
        self.desk.doors.write_down(self.viewer, SOUGHT, seen, self.now)

    def page(
        self,
        template: str,
        *,
        menu: str = "",
        case: Case | None = None,
        tab: str = "",
        beside_cases: bool = False,
        beside: Beside | None = None,
        plugin_content: bool = False,
        status: int = HTTPStatus.OK,
        **values: Any,
    ) -> Response:
        """Draw a page with the bar, and with the case's head where it is about one.

        :param beside: what of the bar and the list the page has found already.
        :param plugin_content: whether something of a plugin's is shown inside the page.
        """
        desk = self.desk
        head = desk.plugins.head() if plugin_content else ""
        with self.reading() as connection:
            chrome = desk.chrome.around(
                connection,
                self.user,
                self.viewer,
                now=self.now,
                current=menu,
                head=head,
                listed=beside_cases or case is not None,
                beside=beside,
            )
            if case is not None:
                chrome = desk.chrome.on_case(connection, chrome, self.viewer, case, tab)
        return self.drawn(template, chrome, status, **values)

    def drawn(self, template: str, chrome: Chrome, status: int, **values: Any) -> Response:
        """Draw a template inside surroundings."""
        self.form.values.setdefault(KEY, str(uuid4()))
        said = DONE.get(self.query("gemt"), "")
        failed = bool(self.form.errors)
        html = self.desk.pages.draw(
            template, chrome=chrome, form=self.form, today=self.today, said=said, **values
        )
        return HTMLResponse(html, HTTPStatus.UNPROCESSABLE_ENTITY if failed else status)

    def to(self, path: str, done: str = "") -> Response:
        """Send the browser on after a save, with what to say there."""
        assert not done or done in DONE
        address = f"{path}?gemt={done}" if done else path
        return RedirectResponse(address, HTTPStatus.SEE_OTHER)
