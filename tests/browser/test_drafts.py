"""What somebody types is there again after a closed page, a crash, a log-out and a bad answer."""

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.store import drafts
from dubu_plugin.store.database import Store
from dubu_plugin.store.failures import StorageFull
from dubu_plugin.testing import ordinary_day
from dubu_plugin.testing.fake_ports import COOKIE, KAREN, METTE
from dubu_plugin.testing.ordinary_day import NOW, Day

TEXT = 'Alma er i skole, og farmor henter i dag. <b>æøå</b> & citat "her".'
NEW = "/dubu/indgang/ny"
CALLS = ("Naboen hører råb hver aften.", "Klinikken ser blå mærker.")


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
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt 13.05")
    assert kept(day) == TEXT


def test_a_whole_archive_that_is_pasted_is_refused_and_what_stood_stays(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    """Drawing five megabytes in a field would stop the page, with all that is typed on it."""
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
    field = page.get_by_label("Begrundelse")
    field.fill(TEXT)
    page.evaluate("navigator.clipboard.writeText('En linje fra et arkiv. '.repeat(230000))")
    field.press("Control+v")
    expect(page.get_by_role("alert")).to_contain_text("Læg den som et dokument på sagen")
    expect(field).to_have_value(TEXT)
    page.evaluate("navigator.clipboard.writeText(' En linje mere.')")
    field.press("Control+End")
    field.press("Control+v")
    expect(field).to_have_value(f"{TEXT} En linje mere.")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_it_is_kept_when_the_field_is_left(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page("about:blank")
    page.clock.install(time=NOW)
    page.context.add_cookies([{"name": COOKIE, "value": KAREN, "url": origin}])
    page.goto(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.clock.pause_at(NOW + timedelta(hours=1))
    page.get_by_label("Begrundelse").fill(TEXT)
    page.keyboard.press("Tab")
    # Typing alone is kept after two seconds, which do not pass here.
    with page.expect_response("**/dubu/kladde/**"):
        page.clock.run_for(200)


def test_the_last_words_are_kept_when_the_page_is_closed(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.get_by_label("Begrundelse").focus()
    page.keyboard.insert_text(TEXT)
    page.close(run_before_unload=True)
    again = open_page(f"{origin}/dubu/hjaelp")
    for _ in range(1200):
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
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt")
    page.context.clear_cookies()

    other = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}", who=METTE)
    expect(other.get_by_label("Begrundelse")).to_have_value("")

    page.context.add_cookies([{"name": COOKIE, "value": KAREN, "url": origin}])
    page.goto(f"{origin}/dubu/indgang/{day.alma_underretning}")
    expect(page.get_by_label("Begrundelse")).to_have_value(TEXT)
    expect(page.locator("#f-fare-ikke_akut")).to_be_checked()
    expect(page.get_by_text("Din kladde fra")).to_be_visible()


def test_a_draft_can_be_thrown_away(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.get_by_label("Begrundelse").fill(TEXT)
    page.keyboard.press("Tab")
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt")
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
    expect(page.get_by_role("alert")).to_contain_text("Kladden er ikke gemt")
    page.unroute("**/dubu/kladde/**")
    page.get_by_label("Begrundelse").fill(f"{TEXT} Mere.")
    page.keyboard.press("Tab")
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt")


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
    for _ in range(600):
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
        expect(page.locator("#gemt")).to_contain_text("Kladde gemt")
    with process(tmp_path, port):
        wait_until_up(page, origin)
        page.goto(f"{origin}/dubu/indgang/{day.alma_underretning}")
        expect(page.get_by_label("Begrundelse")).to_have_value(TEXT)


def call_in(page: Page, text: str) -> None:
    page.get_by_label("Det, der bliver fortalt").fill(text)
    page.keyboard.press("Tab")
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt")


def test_two_calls_in_two_windows_are_both_registered(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    _, origin = day_at
    first = open_page(f"{origin}{NEW}")
    call_in(first, CALLS[0])
    second = first.context.new_page()
    second.faults = []  # type: ignore[attr-defined]
    second.goto(f"{origin}{NEW}")
    expect(second.get_by_text("Du har en kladde fra")).to_be_visible()
    expect(second.get_by_label("Det, der bliver fortalt")).to_have_value("")
    call_in(second, CALLS[1])
    for page, text in ((first, CALLS[0]), (second, CALLS[1])):
        page.get_by_role("button", name="Registrér henvendelsen").click()
        expect(page.locator(".alert-success")).to_contain_text("Henvendelsen er registreret")
        expect(page.get_by_text(text).first).to_be_visible()
    assert first.url != second.url


def test_the_older_draft_is_taken_up_when_it_is_asked_for(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    _, origin = day_at
    page = open_page(f"{origin}{NEW}")
    call_in(page, CALLS[0])
    page.goto(f"{origin}{NEW}")
    page.get_by_role("link", name="Fortsæt på den").click()
    expect(page.get_by_label("Det, der bliver fortalt")).to_have_value(CALLS[0])


def test_who_is_logged_out_is_told_while_typing_and_loses_nothing(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    _, origin = day_at
    page = open_page(f"{origin}{NEW}")
    page.context.clear_cookies()
    page.get_by_label("Det, der bliver fortalt").fill(TEXT)
    page.keyboard.press("Tab")
    told = page.locator("#gemt")
    expect(told).to_contain_text("Du er logget ud. Log ind i en ny fane")
    expect(told).to_be_in_viewport()
    page.get_by_role("button", name="Registrér henvendelsen").click()
    expect(page.get_by_role("alert")).to_contain_text("Du er logget ud")
    expect(page.get_by_text(TEXT)).to_be_hidden()
    expect(page.locator("textarea[name=tekst]")).to_have_value(TEXT)
    page.context.add_cookies([{"name": COOKIE, "value": KAREN, "url": origin}])
    page.get_by_role("button", name="Gem igen").click()
    expect(page.locator(".alert-success")).to_contain_text("Henvendelsen er registreret")
    expect(page.get_by_text(TEXT).first).to_be_visible()


def test_who_is_logged_out_loses_nothing_without_javascript_either(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    _, origin = day_at
    page = open_page(f"{origin}{NEW}", java_script_enabled=False)
    page.get_by_label("Det, der bliver fortalt").fill(TEXT)
    page.context.clear_cookies()
    page.get_by_role("button", name="Registrér henvendelsen").click()
    expect(page.get_by_text(TEXT)).to_be_hidden()
    expect(page.locator("textarea[name=tekst]")).to_have_value(TEXT)
    page.context.add_cookies([{"name": COOKIE, "value": KAREN, "url": origin}])
    page.get_by_role("button", name="Gem igen").click()
    expect(page.locator(".alert-success")).to_contain_text("Henvendelsen er registreret")


def test_a_full_disk_is_one_sentence_beside_the_form_and_the_text_comes_back(
    day_at: tuple[Day, str], open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_store: Store) -> None:
        raise StorageFull

    _, origin = day_at
    page = open_page(f"{origin}{NEW}")
    with monkeypatch.context() as full:
        full.setattr(Store, "add", no_room)
        page.get_by_label("Det, der bliver fortalt").fill(TEXT)
        page.keyboard.press("Tab")
        told = page.locator("#gemt")
        expect(told).to_contain_text("Der er ikke plads på disken")
        assert told.locator("*").count() == 0
        page.get_by_role("button", name="Registrér henvendelsen").click()
        expect(page.get_by_role("alert")).to_contain_text("intet er gemt endnu")
        expect(page.get_by_label("Det, du skrev")).to_have_value(TEXT)
    page.get_by_role("button", name="Gem igen").click()
    expect(page.locator(".alert-success")).to_contain_text("Henvendelsen er registreret")


def test_somebody_elses_page_is_not_put_beside_the_form(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    _, origin = day_at
    page = open_page(f"{origin}{NEW}")
    page.route(
        "**/dubu/kladde/**",
        lambda route: route.fulfill(status=413, body="<!DOCTYPE html><html><h1>413</h1></html>"),
    )
    page.get_by_label("Det, der bliver fortalt").fill(TEXT)
    page.keyboard.press("Tab")
    expect(page.locator("#gemt")).to_contain_text("Kladden er ikke gemt")
    assert page.locator("h1").count() == 1


def test_who_is_anonymous_is_asked_for_no_name(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    _, origin = day_at
    page = open_page(f"{origin}{NEW}")
    name = page.get_by_label("Navn", exact=True)
    expect(name).to_be_visible()
    page.get_by_label("Vil være anonym").check()
    expect(name).to_be_hidden()
    expect(page.get_by_label("Hvor sender vi kvitteringen hen?")).to_be_hidden()
    page.get_by_label("Vil være anonym").uncheck()
    page.get_by_label("Kilde").select_option("8")
    expect(name).to_be_hidden()
