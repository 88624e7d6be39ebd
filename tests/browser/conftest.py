"""A browser, and an ordinary day in the made-up municipality to look at with it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from dubu_plugin.testing import ordinary_day
from dubu_plugin.testing.fake_ports import COOKIE, KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.testing.reception import Reception, build_reception
from dubu_plugin.testing.serving import served
from dubu_plugin.web import site
from tests.conftest import PATIENCE

Open: TypeAlias = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The day the others are copies of. Nobody looks at it."""
    day = ordinary_day.build(tmp_path_factory.mktemp("first"))
    day.town.product.store.close()
    return day


@pytest.fixture(scope="module")
def standing_day(
    first_day: Day, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Day, str]]:
    """A day that tests look at and leave as it is."""
    day = ordinary_day.copied(first_day, tmp_path_factory.mktemp("standing"))
    with served(site.asgi(day.town.product)) as address:
        yield day, address
    day.town.product.store.close()


@pytest.fixture
def day_at(first_day: Day, tmp_path: Path) -> Iterator[tuple[Day, str]]:
    """A day of the test's own, to change."""
    day = ordinary_day.copied(first_day, tmp_path)
    with served(site.asgi(day.town.product)) as address:
        yield day, address
    day.town.product.store.close()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[tuple[Reception, str]]:
    """The municipality before anything has happened, and where it is served: a case is told in it
    from the first e-mail on."""
    built = build_reception(tmp_path)
    with served(site.asgi(built.product)) as address:
        yield built, address
    built.product.store.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open an address as somebody, in a window of a width; what goes wrong in the page is kept."""
    with opening(browser) as opened:
        yield opened


@pytest.fixture(scope="module")
def turn_to(browser: Browser) -> Iterator[Open]:
    """Open an address as somebody in the window they have had open since the first test."""
    with opening(browser) as opened:
        windows: dict[str, Page] = {}

        def turned(address: str, *, who: str = KAREN) -> Page:
            if who in windows:
                windows[who].goto(address)
            else:
                windows[who] = opened(address, who=who)
            return windows[who]

        yield turned


@contextmanager
def opening(browser: Browser) -> Iterator[Open]:
    """Open windows, and see that nothing went wrong in them when they are closed."""
    contexts: list[BrowserContext] = []

    def opened(
        address: str, *, who: str = KAREN, width: int = 1440, height: int = 1000, **more: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if address.startswith("http"):
            origin = "/".join(address.split("/")[:3])
            context.add_cookies([{"name": COOKIE, "value": who, "url": origin}])
        page = context.new_page()
        faults: list[str] = []

        def said(message: ConsoleMessage) -> None:
            if "Security Policy" in message.text:
                faults.append(f"{page.url}: {message.text}")

        def answered(answer: Response) -> None:
            if answer.status >= 500:
                faults.append(f"{answer.url}: {answer.status}")

        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", said)
        page.on("response", answered)
        page.faults = faults  # type: ignore[attr-defined]
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            assert page.faults == []  # type: ignore[attr-defined]
        context.close()


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Where the user guide's pictures are to be written; None where they are left as they are."""
    wanted = os.environ.get("DUBU_UPDATE_PICTURES")
    root = Path(__file__).parents[2]
    return root / "docs" / "brugervejledning" / "billeder" if wanted else None
