"""The journal in a real browser: clean by axe, no wider than the screen, usable by keyboard."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from starlette.types import ASGIApp

from dubu_journal import login
from dubu_journal.serving import EmbeddedWeb
from dubu_journal.web.site import PAGES
from dubu_plugin.settings import Settings
from tests.conftest import PATIENCE

from ..conftest import NOW, Clock, Municipality, built
from .conftest import ExamplePlugin

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
SHOWN = [re.sub(r"\{[a-z_]*:int\}", "1", path).replace("{key}", "barn") for path in PAGES]
FETCHED = {"/filer/1", "/post/1/original"}

Open = Callable[..., Page]


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve the client from a thread, and yield its address."""
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        # From here on connections wait until the server asks for them.
        listening.listen()
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Municipality, str]]:
    """The address of the client, what is in it, and the cookie of somebody who sees all of it."""
    folder = tmp_path_factory.mktemp("site")
    made = built(folder)
    file = folder / "dubu.toml"
    file.write_text('training = true\n[journal]\npost_units = ["familie"]\n', encoding="utf-8")
    plugin = ExamplePlugin(styled=False)
    web = EmbeddedWeb(Settings.from_file(file), extra=[plugin], installed=False, clock=Clock())
    with made.host.database.writing() as connection:
        token = login.start(connection, "karen", NOW)
    with served(web.asgi()) as address:
        yield address, made, token
    made.host.database.close()


@pytest.fixture
def open_(browser: Browser, site: tuple[str, Municipality, str]) -> Iterator[Open]:
    """Open a page as Karen; what the browser complains of fails the test."""
    address, _, token = site
    contexts = []
    faults: list[str] = []

    def opened(path: str, *, width: int = 1440, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="da-DK",
            java_script_enabled=scripts,
            base_url=address,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.add_cookies([{"name": login.COOKIE, "value": token, "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if _fault(said) else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def _fault(said: ConsoleMessage) -> bool:
    """Tell whether the browser complains; that a form came back (401, 422) is no complaint."""
    return said.type == "error" and not re.search("status of (401|422)", said.text)


def wrong(page: Page) -> list[str]:
    """Return what axe finds wrong, and whether the page is wider than the screen."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, RULES)
    said = [
        f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]
    ]
    return said + too_wide(page)


def too_wide(page: Page) -> list[str]:
    root = "document.documentElement"
    wide = page.evaluate(f"{root}.scrollWidth > {root}.clientWidth")
    return ["wider than the screen"] if wide else []


def test_nothing_is_wrong_with_any_page(open_: Open) -> None:
    page = open_("/log-ind")
    found = {}
    for path in ("/log-ind", *(one for one in SHOWN if one not in FETCHED)):
        page.goto(path)
        for width, judge in ((1440, wrong), (400, wrong), (320, too_wide)):
            page.set_viewport_size({"width": width, "height": 900})
            found[path, width] = judge(page)
    assert {where: said for where, said in found.items() if said} == {}


def test_nothing_is_wrong_with_a_form_that_came_back(open_: Open) -> None:
    page = open_("/sager/ny")
    page.get_by_role("button", name="Opret sag").click()
    expect(page.locator("#fejl")).to_be_focused()
    assert wrong(page) == []
    page.get_by_role("link", name="Skriv en titel").click()
    expect(page.locator("#f-titel")).to_be_focused()


def test_one_searches_from_the_keyboard(open_: Open) -> None:
    page = open_("/sager")
    page.keyboard.press("/")
    page.keyboard.type("Alma")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sager")).to_be_visible()
    page.get_by_role("link", name="Testvad, Alma – særlig støtte").click()
    expect(page).to_have_url(re.compile(r"/sager/1$"))


def test_a_slash_in_a_text_is_a_slash(open_: Open) -> None:
    page = open_("/sager/1/journal")
    page.locator("#f-tekst").click()
    page.keyboard.type("og/eller")
    expect(page.locator("#f-tekst")).to_have_value("og/eller")


def test_the_first_tab_leads_past_the_bar(open_: Open) -> None:
    page = open_("/sager/1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til indhold")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ret sagen")).to_be_focused()


def test_the_menu_closes_on_escape(open_: Open) -> None:
    page = open_("/sager")
    page.locator("summary").click()
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    page.get_by_role("link", name="Mine oplysninger").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Log ud")).to_be_hidden()
    expect(page.locator("summary")).to_be_focused()


def test_everything_is_saved_without_scripts(open_: Open) -> None:
    page = open_("/sager/2/journal", scripts=False)
    page.get_by_label("Emne").fill("Uden script")
    page.get_by_label("Notat", exact=True).fill("Det går også")
    page.get_by_role("button", name="Tilføj notat").click()
    expect(page.get_by_role("status")).to_have_text("Notatet er føjet til journalen.")
    expect(page.get_by_role("article", name="Uden script")).to_contain_text("Det går også")


def test_what_was_written_is_saved_after_a_new_login(
    open_: Open, site: tuple[str, Municipality, str]
) -> None:
    page = open_("/sager/4/journal")
    page.get_by_label("Emne").fill("Skrevet før frokost")
    page.get_by_label("Notat", exact=True).fill("En lang tekst")
    page.context.clear_cookies()
    page.get_by_role("button", name="Tilføj notat").click()
    expect(page.get_by_role("heading", name="Du er logget ud")).to_be_visible()
    assert wrong(page) == []
    with page.context.expect_page() as fresh:
        page.get_by_role("link", name="Log ind i et nyt faneblad").click()
    fresh.value.get_by_label("Hvem er du?").select_option("karen@proevestrup")
    fresh.value.get_by_role("button", name="Log ind").click()
    expect(fresh.value.get_by_role("heading", name="Mine erindringer")).to_be_visible()
    page.reload()
    expect(page.get_by_role("article", name="Skrevet før frokost")).to_contain_text("En lang tekst")
