"""How a page is drawn: in the host's frame where there is one, else under a bar of our own."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.ports.frame import FRONT_PAGE, Framed
from dubu_plugin.web.forms import OWNER, mark_of
from dubu_plugin.web.icons import icons_svg
from dubu_plugin.web.said_once import said_once, says_kept
from dubu_plugin.web.stylesheet import panel_css
from dubu_plugin.web.ways import asker_with, menu_of

STATIC: Final = Path(str(files("dubu_plugin.web") / "static"))
TRAINING: Final = "Øvemiljø. Alle personer er opdigtede, og intet sendes ud."
SHORTCUTS_OFF: Final = "genveje"
"""The cookie of somebody who has switched the shortcuts off; its value is then ``fra``. It is for
the whole address, and scripts may read it: the journal's own shortcut obeys it too."""

GIVEN_BACK: Final = "given_back.html"
"""The page that gives a form back: the form on it is whose it was."""
DRAFT: Final = re.compile(r'<form\b[^>]*\bdata-draft="(/dubu/kladde/[^"]+)"[^>]*>')
"""A form that is kept as a draft while it is typed in."""
THROWN: Final = re.compile(r'\bdata-thrown="([^"]+)"')
"""Where such a form says that its draft is thrown away, where it can be taken back from there."""
HEAD: Final = re.compile(r'<div class="page__head">.*?</div>\n?', re.DOTALL)
POST_FORM: Final = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')

FRONT: Final = "/dubu/min-dag"
"""Our front page. A host that draws our frame shows the same on its own."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is called, where it stands in the menu, and what it is drawn from."""

    template: str
    title: str
    menu: str = ""
    """The address of the menu item it belongs to."""
    case: str | None = None
    """The host's key of the case it is about."""
    tab: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


class Drawing:
    """Draws pages and parts of pages. One for the life of the process."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.environment = _environment()
        self.environment.globals["asset"] = self.asset

    @cached_property
    def made(self) -> Mapping[str, tuple[str, bytes]]:
        """The files that are put together here: their media type and content, by name."""
        return {
            "panel.css": ("text/css; charset=utf-8", panel_css(STATIC).encode()),
            "icons.svg": ("image/svg+xml", icons_svg(STATIC).encode()),
        }

    @cached_property
    def _marks(self) -> dict[str, str]:
        return {}

    def asset(self, name: str) -> str:
        """Return the address of a file we serve, with a mark that changes when the file does."""
        if name not in self._marks:
            content = self.made[name][1] if name in self.made else (STATIC / name).read_bytes()
            self._marks[name] = hashlib.sha256(content).hexdigest()[:12]
        return f"/dubu/static/{name}?v={self._marks[name]}"

    def page(
        self,
        page: Page,
        *,
        request: Request,
        employee: str,
        now: datetime,
        status: int = 200,
        prints: bool | None = None,
        child: Mapping[str, Any] | None = None,
    ) -> HTMLResponse:
        """Return a whole page.

        :param employee: the key of who is looking; empty where nobody is logged in.
        :param prints: whether it is a print view; None for a page about nobody, which anybody
            prints as it is.
        :param child: what the child's header above the page is drawn from, where it has one.
        """
        frame = self.product.ports.frame if employee else None
        values = {
            **self._always(now),
            **page.values,
            "page": page,
            "child_head": child or None,
            "framed": frame is not None,
            "shortcuts": request.cookies.get(SHORTCUTS_OFF) != "fra",
            "prints": prints,
            "heading": 2 if frame is not None and page.case else 1,
        }
        if frame is None:
            found = self.product.ports.identity.employee(employee) if employee else None
            values["employee_name"] = found.name if found else ""
            values["menu"] = menu_of(asker_with(employee, found.roles if found else ()))
        body = self.environment.get_template(page.template).render(values)
        body = self._with_restored(body, values, request)
        if employee and page.template != GIVEN_BACK:
            body = _owned(body, employee)
        if frame is not None:
            body = frame.draw(
                Framed(
                    title=page.title,
                    body=body,
                    head=self.head(),
                    employee=employee,
                    menu=FRONT_PAGE if page.menu == FRONT else page.menu or None,
                    case=page.case,
                    tab=page.tab,
                    notices=[TRAINING] if self.product.settings.training else [],
                )
            )
        return HTMLResponse(body, status)

    def _with_restored(self, body: str, values: Mapping[str, Any], request: Request) -> str:
        """Return a page that says, under its heading, that a draft stands in its form.

        So no page can forget to, nor offer no way to get rid of it; one that draws no such form
        says nothing.
        """
        form, when = DRAFT.search(body), values.get("restored")
        if not when or form is None:
            return body
        thrown = THROWN.search(form[0])
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        said = self.environment.get_template("restored.html").render(
            when=when,
            back=back,
            thrown=Markup(thrown[1] if thrown else f"{form[1]}/slet"),
            heading=values["heading"],
        )
        return HEAD.sub(lambda head: head[0] + said, body, count=1)

    def part(self, template: str, now: datetime, **values: Any) -> str:
        """Return a part of a page, for htmx or for a host that shows it among its own."""
        always = self._always(now)
        return self.environment.get_template(template).render(always | {"heading": 2} | values)

    def head(self) -> str:
        """Return the ``<link>`` and ``<script>`` elements our pages need."""
        return self.environment.get_template("head.html").render()

    def _always(self, now: datetime) -> dict[str, Any]:
        settings = self.product.settings
        return {
            "now": now,
            "today": danish.danish_day(now),
            "training": TRAINING if settings.training else None,
            "municipality": settings.municipality,
        }


def _owned(body: str, employee: str) -> str:
    """Return a page each form of which says whom it was drawn for.

    Who logs in at a browser somebody else has left must not save what that one wrote.
    """
    owner = Markup('<input type="hidden" name="{}" value="{}">').format(OWNER, mark_of(employee))
    return POST_FORM.sub(lambda found: f"{found[0]}{owner}", body)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dubu_plugin.web", "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        age=danish.age_text,
        clock=danish.clock,
        day=danish.danish_day,
        list_date=danish.list_date,
        list_moment=danish.list_moment,
        listed=danish.listed,
        long_date=danish.long_date,
        moment=danish.moment_text,
        paragraphs=paragraphs,
        relative=danish.relative_day,
        said_once=said_once,
        says_kept=says_kept,
        short_date=danish.short_date,
        time_left=danish.time_left,
        unbroken=danish.unbroken,
        weekday_date=danish.weekday_date,
        with_distance=with_distance,
    )
    environment.globals["counted"] = danish.counted
    return environment


def with_distance(day: date, today: date) -> str:
    """Return ``tirsdag 3. november 2026 (om 8 dage)``."""
    return f"{danish.weekday_date(day)} ({danish.relative_day(day, today)})"


def paragraphs(text: str) -> Markup:
    """Return plain text as HTML paragraphs; a blank line begins a new one."""
    blocks = (block.strip() for block in text.replace("\r\n", "\n").split("\n\n"))
    lines = (Markup("<br>").join(block.split("\n")) for block in blocks if block)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)
