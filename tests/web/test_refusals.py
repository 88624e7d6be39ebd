"""What somebody typed is given back when it could not be saved: logged out, or the disk is full."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, TypeAlias

import pytest

from dubu_plugin.host import HostHooks
from dubu_plugin.store import drafts
from dubu_plugin.store.database import Store
from dubu_plugin.store.failures import StorageFull
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.testing.fake_ports import KAREN, METTE, FakeIdentity
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.forms import OWNER
from dubu_plugin.web.sag.page import TAB

Asking: TypeAlias = Callable[..., Any]

NEW = "/dubu/indgang/ny"
NUMBER = "5b0c6b1c-0000-4000-8000-000000000000"
TEXT = '\nLinje et.\nLinje to med æøå, 👶, <b> & "citat".'
CALL = {
    "henvendelse": "underretning", "kanal": "telefon", "modtaget": "2026-03-02T13:00",
    "tekst": TEXT, "formular": NUMBER, "gem": "gem",
}  # fmt: skip
PART = {"hx-request": "true"}


def given_back(page: str) -> dict[str, str]:
    """Return what the page's form sends, as a browser would."""
    inputs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    areas = re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(value) for name, value in [*inputs, *areas]}


# -- logged out ------------------------------------------------------------------------------------


def test_a_form_saved_after_the_session_ended_comes_back_to_be_sent_again(asking: Asking) -> None:
    answer = asking(None).post(NEW, CALL)
    assert answer.status_code == 401
    assert "Du er logget ud" in answer.text
    assert 'href="/log-ind?til=/dubu/min-dag" target="_blank"' in answer.text
    assert f'<form method="post" action="{NEW}"' in answer.text
    assert given_back(answer.text) == CALL
    saved = asking(KAREN).post(NEW, given_back(answer.text))
    assert saved.status_code == 303
    assert "Linje to med æøå" in asking(KAREN).get(saved.headers["location"]).text


def test_what_was_typed_by_who_is_logged_out_stands_in_no_address_and_nowhere_with_us(
    asking: Asking, day: Day
) -> None:
    answer = asking(None).post(NEW, CALL)
    assert "location" not in answer.headers
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    with day.town.product.store.read() as connection:
        assert drafts.begun(connection, KAREN, "henvendelse") == {}


def test_a_draft_that_cannot_be_kept_after_the_session_ended_says_so(asking: Asking) -> None:
    answer = asking(None).post(f"/dubu/kladde/henvendelse:{NUMBER}", CALL, headers=PART)
    assert answer.status_code == 401
    assert "Du er logget ud" in answer.text
    assert "gem så her" in answer.text
    assert "Linje" not in answer.text
    assert "<html" not in answer.text


def test_files_are_not_given_back_and_that_is_said(asking: Asking) -> None:
    files = {"filer": ("a.txt", b"En bekymring", "text/plain")}
    answer = asking(None).post("/dubu/indgang", {"handling": "tag_ind"}, files=files)
    assert answer.status_code == 401
    assert "skal vælges igen" in answer.text


# -- another user at the same browser --------------------------------------------------------------


def owned(asking: Asking) -> dict[str, str]:
    """Return Karen's form as the page she opened would send it."""
    page = asking(KAREN).get(NEW).text
    mark = re.search(rf'name="{OWNER}" value="([^"]+)"', page)
    assert mark
    return {**CALL, OWNER: mark[1]}


def test_what_somebody_wrote_is_neither_saved_nor_seen_by_who_logs_in_after_them(
    asking: Asking,
) -> None:
    out = asking(None).post(NEW, owned(asking))
    assert re.search(r'<textarea hidden name="tekst">', out.text), "anybody at the screen sees it"
    other = asking(METTE).post(NEW, given_back(out.text))
    assert other.status_code == 409
    assert "skrevet af en anden end dig" in other.text
    assert re.search(r'<textarea hidden name="tekst">', other.text)
    assert "Linje" not in re.sub(r"<textarea.*?</textarea>", "", other.text, flags=re.DOTALL)
    assert "Linje to med" not in asking(METTE).get("/dubu/indgang").text
    saved = asking(KAREN).post(NEW, given_back(other.text))
    assert saved.status_code == 303, "and it is not lost for who wrote it"


def test_a_page_left_open_is_not_saved_or_drafted_by_the_next_user(asking: Asking) -> None:
    form = owned(asking)
    assert asking(METTE).post(NEW, form).status_code == 409
    part = asking(METTE).post(f"/dubu/kladde/henvendelse:{NUMBER}", form, headers=PART)
    assert part.status_code == 409
    assert "Linje" not in part.text
    assert "Linje" not in asking(METTE).get(NEW).text


def test_every_form_on_a_page_says_whom_it_was_drawn_for(asking: Asking, day: Day) -> None:
    page = asking(KAREN).get(f"/dubu/indgang/{day.noah_underretning}").text
    forms = page.count('method="post"')
    assert forms
    assert page.count(f'name="{OWNER}"') == forms


# -- the disk is full ------------------------------------------------------------------------------


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nothing more be written to the database."""

    def no_room(_store: Store) -> Any:
        raise StorageFull

    with monkeypatch.context() as only_here:
        only_here.setattr(Store, "add", no_room)
        yield


@pytest.mark.usefixtures("full")
def test_a_draft_that_finds_no_room_is_told_in_one_sentence(asking: Asking) -> None:
    answer = asking().post(f"/dubu/kladde/henvendelse:{NUMBER}", CALL, headers=PART)
    assert answer.status_code == 409
    assert answer.text.startswith("Der er ikke plads på disken")
    assert "<" not in answer.text


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("path", [NEW, "/dubu/indgang/{day.alma_underretning}"])
def test_a_form_that_finds_no_room_comes_back_filled(asking: Asking, day: Day, path: str) -> None:
    answer = asking().post(path.format(day=day), CALL)
    assert answer.status_code == 409
    assert "Der er ikke plads på disken" in answer.text
    assert "intet er gemt endnu" in answer.text
    assert given_back(answer.text) == CALL


def test_the_form_itself_comes_back_where_only_the_files_find_no_room(
    asking: Asking, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: Any, **__: Any) -> Any:
        raise StorageFull

    monkeypatch.setattr(day.town.product.blobs, "put", no_room)
    monkeypatch.setattr(drafts, "keep", no_room)
    answer = asking().post(NEW, CALL)
    assert answer.status_code == 422
    assert "Der er ikke plads på disken" in answer.text
    assert "heller ikke gemt som kladde" in answer.text
    assert "Linje to med æøå" in answer.text.partition("<textarea")[2]
    assert f'name="formular" value="{NUMBER}"' in answer.text


def test_a_call_that_is_registered_says_so_though_its_draft_cannot_be_thrown_away(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: Any, **__: Any) -> Any:
        raise StorageFull

    monkeypatch.setattr(drafts, "drop", no_room)
    assert asking().post(NEW, CALL).status_code == 303


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("path", ["/dubu/sag/{day.noah_sag}", "/dubu/min-dag"])
def test_a_page_that_cannot_be_logged_says_that_the_disk_is_full(
    asking: Asking, day: Day, path: str
) -> None:
    answer = asking().get(path.format(day=day))
    assert answer.status_code == 503
    assert "Der er ikke plads på disken" in answer.text
    assert "Sig det til it-afdelingen" in answer.text
    assert "Noah" not in answer.text


@pytest.mark.usefixtures("full")
def test_our_parts_of_the_hosts_pages_say_that_the_disk_is_full(day: Day) -> None:
    hooks = HostHooks(day.town.product)
    with day.town.product.store.read() as connection:
        case = sag_panel.head(connection, day.noah_sag).host_key
    assert case is not None
    tab = hooks.journal_case_tab(case, TAB, KAREN)
    (box,) = hooks.journal_front_page(KAREN)
    for html in (tab, box["html"]):
        assert html is not None
        assert "Der er ikke plads på disken" in html
        assert "Noah" not in html
    (found,) = hooks.journal_search(KAREN, "Noah")
    assert "Der er ikke plads på disken" in found["title"]


# -- not there -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "times"),
    [
        pytest.param("/dubu/findes-ikke", 1, id="no_page"),
        # At its door, and for the way out.
        pytest.param(f"/dubu/sag/{NUMBER}", 2, id="no_case"),
    ],
)
def test_the_host_is_not_asked_once_more_who_it_is_for_what_can_never_have_been_theirs(
    asking: Asking, monkeypatch: pytest.MonkeyPatch, path: str, times: int
) -> None:
    asked: list[object] = []
    who = FakeIdentity.who

    def counted(*given: Any) -> str | None:
        asked.append(given)
        return who(*given)

    monkeypatch.setattr(FakeIdentity, "who", counted)
    assert asking(KAREN).get(path).status_code == 404
    assert len(asked) == times
