"""Nobody's number, name or words stand in addresses, logs, faults, figures or names of files."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
import structlog
from lxml import html
from structlog.testing import capture_logs

from dubu_plugin.domain.access import Relation
from dubu_plugin.web import site
from dubu_plugin.web.min_dag import page as min_dag_page

from . import addresses, known
from .addresses import Address
from .browser import Browser, Line
from .known import CHILD, CPR, MOTHER, NOTIFIER, SECRET, WORDS
from .municipality import Municipality

PERSONAL = re.compile(
    "|".join(
        (
            r"(?<!\d)\d{6}-\d{4}(?!\d)|0312164990|2303881990",
            *map(re.escape, CHILD.split() + MOTHER.split() + NOTIFIER.split()),
            *map(re.escape, WORDS.values()),
            *map(re.escape, (SECRET, known.NOTE_WORD, known.REMINDER)),
        )
    ),
    re.IGNORECASE,
)
"""What looks like a CPR number, theirs however it is written, their names, and words of texts."""

LEADS = ("href", "src", "action", "formaction", "hx-get", "hx-post", "hx-push-url", "data-url")
TYPED = {
    "soeg": CPR, "q": CHILD, "find": CPR, "mor": MOTHER, "tekst": f"{CHILD} {CPR}",
    "begrundelse": CHILD, "titel": CHILD, "navn": CHILD, "cpr": CPR, "grund": CHILD,
    "gem": "find_barn", "barn": "andet", "knap": "soeg", "sagsnummer": CHILD, "dato": CPR,
}  # fmt: skip
"""What is typed in every form of the walk: fields that exist in some and mean nothing in others."""


@pytest.fixture(scope="module")
def heard(town: Municipality) -> dict[str, Any]:
    """Everything the application said while everybody's pages were asked for."""
    said: dict[str, Any] = {"answers": [], "plain": io.StringIO(), "structured": []}
    handler = logging.StreamHandler(said["plain"])
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    with capture_logs() as said["structured"]:
        for user in ("karen", "reva", "fie"):
            town.stand(user, Relation.RESPONSIBLE, protected=False)
            said["answers"] += _walked(town, town.browser(user))
        said["answers"] += _walked(town, town.browser(None))
    root.removeHandler(handler)
    root.setLevel(level)
    return said


def _walked(town: Municipality, browser: Browser) -> Iterator[tuple[Address, httpx.Response]]:
    for address in addresses.every(town.app):
        if address.path in ("/log-ud",):
            continue
        for thing in addresses.things(town, address):
            form = TYPED if address.method != "GET" else {}
            yield address, browser.ask(address.method, address.filled(thing.values), data=form)


def found(text: str) -> list[str]:
    """Return what of somebody stands in a text. Keys of ours hold digits, and are left out."""
    plain = re.sub(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9a-f]{64}", "", text)
    return sorted(set(PERSONAL.findall(plain)))


def test_no_address_on_any_page_says_anything_of_anybody(heard: dict[str, Any]) -> None:
    told = []
    for address, answer in heard["answers"]:
        led = [answer.headers.get("location", "")]
        if answer.headers.get("content-type", "").startswith("text/html") and answer.text:
            tree = html.fromstring(answer.text)
            led += [one.get(name) or "" for one in tree.iter() for name in LEADS]
        told += [f"{address}: {url}" for url in led if found(unquote(url))]
    assert not told


def test_no_form_puts_what_is_typed_in_an_address(heard: dict[str, Any]) -> None:
    """A form that is sent by GET says what was typed in the address."""
    told = []
    for address, answer in heard["answers"]:
        if answer.headers.get("content-type", "").startswith("text/html") and answer.text:
            for form in html.fromstring(answer.text).iter("form"):
                # A day is chosen in a calendar, and no words can be put there.
                typed = [
                    one
                    for one in form.iter("input", "textarea")
                    if one.get("type") not in ("hidden", "date")
                ]
                if form.get("method") != "post":
                    told += [f"{address}: {one.get('name')}" for one in typed]
    assert not told


def test_nothing_of_anybody_is_logged(heard: dict[str, Any]) -> None:
    assert found(str(heard["structured"])) == []
    assert found(heard["plain"].getvalue()) == []


def test_no_address_is_logged_with_its_question(heard: dict[str, Any]) -> None:
    said = str(heard["structured"]) + heard["plain"].getvalue()
    assert re.findall(r"/[\w-]+\?\w+=", said) == []


def test_no_name_of_a_file_on_the_disk_says_anything(town: Municipality, heard: object) -> None:
    names = [str(path.relative_to(town.folder)) for path in town.folder.rglob("*")]
    assert len(names) > 20
    assert [name for name in names if found(name)] == []


def test_the_figures_say_nothing_of_anybody(town: Municipality, heard: object) -> None:
    figures = town.browser(None).get("/dubu/metrics").text
    assert "dubu_requests" in figures
    assert found(figures) == []
    assert not any(str(key) in figures for key in (town.sag, *town.underretning.values()))
    assert town.browser(None).get("/dubu/healthz").json() == {"ok": True}


SLIP = f"UNIQUE failed for {CHILD} ({CPR}) with {WORDS['ny']}"


def _slips(*_: object, **__: object) -> None:
    raise ValueError(SLIP)


FAILS = {
    "/": "dubu_journal.web.front_page.calendar.of_user",
    "/dubu/min-dag": "dubu_plugin.web.min_dag.page.day",
    "/dubu/sag/{sag}": "dubu_plugin.web.sag.page.panel",
    "/sager/{case}": "dubu_journal.web.case_pages.notes.of_case",
}
"""Pages, and a function of each that is made to fail."""


@pytest.mark.parametrize("path", FAILS)
def test_a_fault_on_a_page_says_nothing_of_anybody(
    town: Municipality, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    address = path.format(sag=town.sag, case=town.case)
    monkeypatch.setattr(FAILS[path], _slips)
    browser = town.browser("karen")
    with capture_logs() as logged:
        answer = browser.get(address)
    assert answer.status_code == 500
    assert found(answer.text.replace("Karen", "")) == []
    assert [line["event"] for line in logged] == ["page_failed"]
    assert found(str(logged)) == []


def test_a_fault_leaves_our_pages_alone_as_little(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no host stands in front, whoever serves the pages would log the exception itself."""
    monkeypatch.setattr(min_dag_page, "day", _slips)
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    token = town.browser("karen").token
    alone = Line(site.asgi(town.product))
    with capture_logs() as logged:
        answer = Browser(alone, "karen", token).get("/dubu/min-dag")
    alone.close()
    assert answer.status_code == 500
    assert found(str(logged)) == []


def test_a_plugin_that_fails_says_nothing_of_anybody(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    monkeypatch.setattr("dubu_plugin.host.day", _slips)
    with capture_logs() as logged:
        answer = town.browser("karen").get("/")
    assert answer.status_code == 200
    assert SLIP not in answer.text
    assert [line["event"] for line in logged] == ["plugin_failed"]
    assert found(str(logged)) == []


def test_what_is_put_in_the_log_is_seen_by_these_tests() -> None:
    with capture_logs() as logged:
        structlog.get_logger().warning("said", who=CHILD, number="031216-4990")
    assert found(str(logged)) == ["031216-4990", *sorted(CHILD.split())]
