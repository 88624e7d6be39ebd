"""The one way in. Every address of ours stands behind a `Door` that says which act it is.

The door finds out who is asking, has the policy decide, writes the read log, and hands the page a
`Visit`. A page that concerns a case or an underretning names it in its path; the others are lists
or forms, which open for whoever the policy lets do the act with anything at all. A test walks all
addresses and fails for one without a door.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, TypedDict
from uuid import UUID

import sqlalchemy as sa
from fastapi import Request
from fastapi.responses import HTMLResponse

from dubu_plugin.app import Product
from dubu_plugin.domain.access import Act, Asker, Decision, decide, opens
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store import access, read_log
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.relations import SubjectKind
from dubu_plugin.web.drawing import Drawing, Page
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.keys import key_in
from dubu_plugin.web.sag.child_card import card

PANEL: Final = "sag/case.html"
OPEN: Final = frozenset({"/dubu/healthz", "/dubu/metrics", "/dubu/kalender/feed/{noegle}"})
"""Addresses without a door: they tell nothing about anybody, or are a secret themselves."""


class Means(TypedDict):
    """What every act asks of whoever calls it, by the names it has for them."""

    product: Product
    asker: Asker
    now: datetime


class NotLoggedIn(Exception):
    """Nobody the staff register knows sent this request."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who has come in, and what they came for."""

    product: Product
    request: Request
    asker: Asker
    act: Act
    now: datetime
    about: UUID | None
    """The case or the underretning the page concerns."""

    @property
    def means(self) -> Means:
        """What an act of the one who visits is done with: ``act(…, **visit.means)``."""
        return {"product": self.product, "asker": self.asker, "now": self.now}

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield a connection to read the page's content with."""
        with self.product.store.read() as connection:
            yield connection

    def page(self, page: Page, status: int = 200) -> HTMLResponse:
        """Draw a page for the one who visits."""
        drawing: Drawing = self.request.app.state.drawing
        return drawing.page(
            page,
            request=self.request,
            employee=self.asker.key,
            now=self.now,
            status=status,
            prints=None if self.about is None else self.act is Act.PRINT,
            child=self._child(page),
        )

    def may(self, connection: sa.Connection, act: Act, kind: SubjectKind = "sag") -> bool:
        """Tell whether the one who visits may do an act with what the page concerns."""
        about = access.subject(connection, self.asker, kind, self.subject)
        return about is not None and bool(decide(self.asker, act, about))

    def form(self, page: Page, sent: Sent) -> HTMLResponse:
        """Draw a page with a form, and say what is wrong with it or that a draft stands in it."""
        said = {"wrong": sent.wrong, "restored": sent.restored}
        return self.page(replace(page, values={**said, **page.values}), sent.status)

    def _child(self, page: Page) -> Mapping[str, Any]:
        """Return the child's header above a page of a case; the panel draws its own."""
        if page.template == PANEL or "sag" not in self.request.path_params:
            return {}
        with self.reading() as connection:
            head = sag_panel.head(connection, self.subject)
            writes = self.may(connection, Act.WRITE)
        return {"card": card(head, danish_day(self.now)), "may_write": writes}

    def part(self, template: str, **values: Any) -> HTMLResponse:
        """Draw a part of a page."""
        drawing: Drawing = self.request.app.state.drawing
        return HTMLResponse(drawing.part(template, self.now, **values))

    @property
    def subject(self) -> UUID:
        """What the page concerns.

        :raises NotYours: it concerns nothing, which is a fault in the page.
        """
        if self.about is None:
            raise NotYours
        return self.about


@dataclass(frozen=True, slots=True)
class Door:
    """What somebody wants to do at an address; used as a FastAPI dependency.

    :param about: what the path parameter of the same name names.
    :param page: the name a list or form has in the read log. Without one it leaves no line but of
        a refusal, which is for what shows nobody anything.
    """

    act: Act
    about: SubjectKind | None = None
    page: str | None = None
    opens_as: Act | None = None
    """What the log says of coming in, where what is done there logs itself once it is done."""

    def __call__(self, request: Request) -> Visit:
        """Return the visit.

        :raises NotLoggedIn: nobody is logged in.
        :raises NotYours: the policy says no, or there is no such thing.
        """
        product: Product = request.app.state.product
        employee = product.ports.identity.who(request.headers, request.cookies)
        if employee is None:
            raise NotLoggedIn
        number = key_in(request.path_params[self.about]) if self.about else None
        asker = enter(
            product,
            employee,
            self.act,
            about=self.about,
            number=number,
            page=self.page,
            place=request.scope["route"].path,
            opens_as=self.opens_as,
        )
        return Visit(product, request, asker, self.act, product.clock(), number)


def enter(
    product: Product,
    employee: str,
    act: Act,
    *,
    about: SubjectKind | None = None,
    number: UUID | None = None,
    page: str | None = None,
    place: str = "",
    opens_as: Act | None = None,
) -> Asker:
    """Let somebody in, or do not; the line in the read log stands either way.

    :param opens_as: see `Door`.
    :param place: what the log calls a page without a name, where somebody is turned away from it.
    :raises NotYours: the policy says no, there is no such thing, or nobody active has this key.
    """
    now = product.clock()
    if about is None and page is None:
        with product.store.read() as connection:
            asker, decision = _decided(connection, employee, act)
        if asker is not None and decision:
            return asker
    with product.store.add() as connection:
        asker, decision = _decided(connection, employee, act)
        if asker is None or about is None or page is not None:
            _log_page(connection, employee, act, page or place, decision, now)
        if asker is not None and about is not None:
            decision = _entered(connection, asker, act, about, number, now, opens_as)
    if asker is None or not decision:
        raise NotYours
    return asker


def _decided(connection: sa.Connection, employee: str, act: Act) -> tuple[Asker | None, Decision]:
    asker = access.asker(connection, employee)
    if asker is None:
        return None, Decision(False, "nej:ukendt_medarbejder")
    return asker, anything(asker, act)


def _entered(
    connection: sa.Connection,
    asker: Asker,
    act: Act,
    about: SubjectKind,
    number: UUID | None,
    now: datetime,
    opens_as: Act | None,
) -> Decision:
    """Ask for one case. A refusal is returned, not raised, so that its line is committed."""
    if number is None:
        return Decision(False, "nej:findes_ikke")
    try:
        return access.enter(connection, asker, act, about, number, now=now, opens_as=opens_as)
    except NotYours:
        return Decision(False, "nej:afvist")


def anything(asker: Asker, act: Act) -> Decision:
    """Return whether there is any case at all this asker may do this act with."""
    ways = opens(asker, act, protected=False)
    roles = ",".join(sorted(asker.roles))
    return Decision(True, f"liste:{roles}"[:64]) if ways else Decision(False, "nej:ingen_regel")


def _log_page(
    connection: sa.Connection,
    employee: str,
    act: Act,
    page: str,
    decision: Decision,
    now: datetime,
) -> None:
    read_log.add(
        connection,
        at=now,
        employee=employee,
        act=act,
        subject_kind="side",
        subject_id=page[:64],
        decision=decision,
    )
