"""What holds for every test: no network, a hostile time zone, the same random data every time."""

import gc
import os
import shutil
import time
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from dubu_plugin.testing.databases import PostgresServer

# Without it a failing contract says only `AssertionError`.
pytest.register_assert_rewrite("dubu_plugin.testing")

# Deadlines are judged in Europe/Copenhagen wherever the machine stands: a rule that asks the
# machine's own time zone is a day off here.
os.environ["TZ"] = "Pacific/Auckland"
time.tzset()

# A suite that is green once is green always; a time limit would measure the machine.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("house")

SELDOM = 100
"""So many rounds among the younger objects before the old are gone through too."""

CHROMIUM = "/usr/bin/chromium"
LEAN = shutil.which("chromium-headless-shell")
"""The same engine without windows: it opens a page for a third of the work."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000
"""How long something may take to come in a browser, in milliseconds. Far longer than it does, on a
machine with much else to do too: only a test that fails waits for it."""


def pytest_configure() -> None:
    from dubu_plugin.testing import kept_work

    kept_work.keep()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    # What is read here stays to the end: looking through it for what can go took half of the time.
    # What the tests leave behind is looked through seldom, as `dubu serve` does it.
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, SELDOM)
        gc.enable()


@pytest.fixture(scope="session")
def postgres() -> Iterator["PostgresServer"]:
    """Return the one PostgreSQL server of a process; tests make their databases in it."""
    from dubu_plugin.testing.databases import PostgresServer

    server = PostgresServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Return the one browser of a process: a second could not be started beside it.

    Its own words, as on a file field, are Danish where Debian's chromium-l10n is installed: only
    the whole one has them, so it takes the pictures of the guide.
    """
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    lean = None if os.environ.get("DUBU_UPDATE_PICTURES") else LEAN
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=lean or CHROMIUM, args=ARGUMENTS, env={**os.environ, "LANGUAGE": "da"}
        )
        yield chromium
        chromium.close()
