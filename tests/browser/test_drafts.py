"""What somebody types is there again after a closed page, a crash, a log-out and a bad answer."""

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from dubu_plugin.store import drafts
from dubu_plugin.testing import ordinary_day
from dubu_plugin.testing.fake_ports import COOKIE, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day

TEXT = 'Alma er i skole, og farmor henter i dag. <b>æøå</b> & citat "her".'
PATIENCE = 20_000
"""In milliseconds. Far longer than it takes; a test that waits is only slow."""


def kept(day: Day, who: str = KAREN) -> str | None:
    with day.town.product.store.read() as connection:
        draft = drafts.kept(connection, who, f"vurdering:{day.alma_underretning}")
    return draft.fields["begrundelse"][0] if draft else None


def test_it_is_kept_shortly_after_typing(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.get_by_label("Begrundelse").focus()
    page.keyboard.insert_text(TEXT)
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt 13.05", timeout=PATIENCE)
    assert kept(day) == TEXT


def test_it_is_kept_when_the_field_is_left(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.get_by_label("Begrundelse").fill(TEXT)
    with page.expect_response("**/dubu/kladde/**", timeout=1500):
        page.keyboard.press("Tab")


def test_the_last_words_are_kept_when_the_page_is_closed(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.get_by_label("Begrundelse").focus()
    page.keyboard.insert_text(TEXT)
    page.close(run_before_unload=True)
    again = open_page(f"{origin}/dubu/hjaelp")
    for _ in range(100):
        if kept(day) == TEXT:
            break
        again.wait_for_timeout(50)
    again.goto(f"{origin}/dubu/indgang/{day.alma_underretning}")
    expect(again.get_by_label("Begrundelse")).to_have_value(TEXT)


def test_it_is_there_again_after_a_log_out_and_is_nobody_elses(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.get_by_label("Begrundelse").fill(TEXT)
    page.locator("#f-fare-ikke_akut").click()
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt", timeout=PATIENCE)
    page.context.clear_cookies()

    other = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}", who=METTE)
    expect(other.get_by_label("Begrundelse")).to_have_value("")

    page.context.add_cookies([{"name": COOKIE, "value": KAREN, "url": origin}])
    page.goto(f"{origin}/dubu/indgang/{day.alma_underretning}")
    expect(page.get_by_label("Begrundelse")).to_have_value(TEXT)
    expect(page.get_by_label("Nej", exact=True)).to_be_checked()
    expect(page.get_by_text("Din kladde fra")).to_be_visible()


def test_a_draft_can_be_thrown_away(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.get_by_label("Begrundelse").fill(TEXT)
    page.keyboard.press("Tab")
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt", timeout=PATIENCE)
    page.reload()
    page.get_by_role("button", name="Slet kladden").click()
    expect(page.get_by_label("Begrundelse")).to_have_value("")
    assert kept(day) is None


def test_somebody_who_is_told_that_it_is_not_kept_can_go_on(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.route("**/dubu/kladde/**", lambda route: route.abort())
    page.get_by_label("Begrundelse").fill(TEXT)
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("Kladden er ikke gemt", timeout=PATIENCE)
    page.unroute("**/dubu/kladde/**")
    page.get_by_label("Begrundelse").fill(f"{TEXT} Mere.")
    page.keyboard.press("Tab")
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt", timeout=PATIENCE)


@contextmanager
def process(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    code = (
        "import sys; from dubu_plugin.testing.serving import serve_folder; "
        "serve_folder(sys.argv[1], int(sys.argv[2]))"
    )
    started = subprocess.Popen([sys.executable, "-c", code, str(folder), str(port)])
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def wait_until_up(page: Page, origin: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{origin}/dubu/healthz", timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            page.wait_for_timeout(100)
        else:
            return
    raise AssertionError("the pages did not come up")


def test_it_survives_a_kill_of_the_page_and_of_the_server(
    tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    day = ordinary_day.build(tmp_path)
    day.town.product.store.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    page = open_page("about:blank")
    page.context.add_cookies([{"name": COOKIE, "value": KAREN, "url": origin}])
    with process(tmp_path, port):
        wait_until_up(page, origin)
        page.goto(f"{origin}/dubu/indgang/{day.alma_underretning}")
        page.get_by_label("Begrundelse").fill(TEXT)
        page.keyboard.press("Tab")
        expect(page.locator("#gemt")).to_contain_text("Kladde gemt", timeout=PATIENCE)
    with process(tmp_path, port):
        wait_until_up(page, origin)
        page.goto(f"{origin}/dubu/indgang/{day.alma_underretning}")
        expect(page.get_by_label("Begrundelse")).to_have_value(TEXT)
