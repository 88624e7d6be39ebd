"""What the embedded host is answered: our tab, our front page, its post, its days, its doors."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa

from dubu_plugin.delivery.worker import State
from dubu_plugin.host import HostHooks
from dubu_plugin.ports.journal_errors import NotFound, Unavailable
from dubu_plugin.ports.journal_objects import Page as Listed
from dubu_plugin.ports.post import Channel, PostItem
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.tables import employees, read_log
from dubu_plugin.store.underretning import arrivals
from dubu_plugin.testing.fake_ports import ADAM, ANDERS, FIE, HENRIK, KAREN, METTE
from dubu_plugin.testing.ordinary_day import NOW, Day

Count: TypeAlias = Callable[..., int]


class Box:
    """The host's incoming post, with one mail in it."""

    down = False
    raw = b"Subject: Underretning\r\nContent-Type: text/plain\r\n\r\nVi er bekymrede.\r\n"

    def received(self, after: str | None = None) -> Listed[PostItem]:
        if self.down:
            raise Unavailable("post", "received")
        return Listed([self.item("1")])

    def item(self, key: str) -> PostItem:
        if key != "1":
            raise NotFound("post", "item")
        return PostItem(key, NOW, Channel.EMAIL, "mail.eml", len(self.raw))

    def open_post(self, key: str) -> bytes:
        return self.raw


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def hooks(day: Day, box: Box) -> Iterator[HostHooks]:
    ports = replace(day.town.product.ports, incoming=box)
    hooks = HostHooks(replace(day.town.product, ports=ports))
    yield hooks
    hooks.worker.stop()


def host_key(day: Day, sag: Any) -> str:
    with day.town.product.store.read() as connection:
        key = sag_panel.head(connection, sag).host_key
    assert key is not None
    return key


def test_our_tab_is_on_cases_that_are_ours_and_theirs(hooks: HostHooks, day: Day) -> None:
    case = host_key(day, day.noah_sag)
    assert [tab["title"] for tab in hooks.journal_case_tabs(case, KAREN)] == ["Barn og familie"]
    assert hooks.journal_case_tabs(case, FIE) == ()
    assert hooks.journal_case_tabs(case, ADAM) == ()
    assert hooks.journal_case_tabs("vaert-ukendt", KAREN) == ()


def test_the_tab_holds_the_panel_and_is_logged(hooks: HostHooks, day: Day) -> None:
    case = host_key(day, day.noah_sag)
    html = hooks.journal_case_tab(case, "barn-og-familie", KAREN)
    assert html is not None
    assert "Noah Testlund" in html
    assert "<main" not in html
    assert hooks.journal_case_tab(case, "noget-andet", KAREN) is None
    assert "Siden kan ikke vises" in (hooks.journal_case_tab(case, "barn-og-familie", FIE) or "")
    with day.town.product.store.read() as connection:
        lines = connection.execute(sa.select(read_log.c.employee, read_log.c.allowed)).all()
    assert {tuple(line) for line in lines} == {(KAREN, True), (FIE, False)}


def test_the_front_page_is_min_dag_without_a_heading_of_its_own_kind(hooks: HostHooks) -> None:
    (box,) = hooks.journal_front_page(KAREN)
    assert box["wide"] is True
    assert "<h1" not in box["html"]
    assert "Elias Demohøj" in box["html"]
    assert hooks.journal_front_page(FIE) == ()


def test_the_menu_has_indgang_with_what_lies_there(hooks: HostHooks) -> None:
    item, help_ = hooks.journal_menu(KAREN)
    assert (item["title"], item["url"]) == ("Indgang", "/dubu/indgang")
    assert item["count"] == 7
    assert (help_["url"], help_["card"]) == ("/dubu/hjaelp", True)


def test_who_has_no_cases_is_led_to_what_they_have(hooks: HostHooks) -> None:
    administration, help_ = hooks.journal_menu(ADAM)
    assert administration["url"] == "/dubu/administration"
    assert (help_["url"], help_["card"]) == ("/dubu/hjaelp", True)
    (box,) = hooks.journal_front_page(ADAM)
    assert 'href="/dubu/planer"' in box["html"]
    assert [item["url"] for item in hooks.journal_menu(FIE)] == ["/dubu/hjaelp"]


def test_we_close_our_cases_to_those_they_are_not_for(hooks: HostHooks, day: Day) -> None:
    noah, elias = host_key(day, day.noah_sag), host_key(day, day.elias_sag)
    asked = [noah, elias, "vaert-ukendt"]
    assert hooks.journal_may_open(KAREN, asked) == {noah: True, elias: True}
    assert hooks.journal_may_open(METTE, asked) == {noah: True, elias: False}
    assert hooks.journal_may_open(ANDERS, asked) == {noah: False, elias: False}
    assert hooks.journal_may_open("ukendt", asked) == {noah: False, elias: False}
    assert hooks.journal_may_open(KAREN, ["vaert-ukendt"]) == {}


def test_a_case_of_ones_own_family_is_closed_in_the_host_too(hooks: HostHooks, day: Day) -> None:
    noah = host_key(day, day.noah_sag)
    with day.town.product.store.read() as connection:
        child = sag_panel.head(connection, day.noah_sag).child
    day.town.block(HENRIK, child)
    assert hooks.journal_may_open(HENRIK, [noah]) == {noah: False}


def test_post_is_ours_only_when_it_is_stored(hooks: HostHooks, day: Day) -> None:
    assert hooks.journal_post_received("1") is True
    with day.town.product.store.read() as connection:
        assert arrivals.taken_in(connection, ["1"]) == {"1"}
    assert hooks.journal_post_received("1") is True
    assert hooks.journal_post_received("2") is None


def test_post_that_cannot_be_stored_is_offered_again(
    hooks: HostHooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dubu_plugin.store.failures import StorageFull

    def full(content: bytes) -> str:
        raise StorageFull

    monkeypatch.setattr(hooks.product.blobs, "put", full)
    assert hooks.journal_post_received("1") is None


def test_a_new_day_learns_who_works_here_and_takes_in_what_was_missed(
    hooks: HostHooks, day: Day
) -> None:
    with day.town.product.store.write(actor="system", now=NOW) as work:
        work.connection.execute(sa.delete(employees).where(employees.c.key == ANDERS))
    hooks.journal_daily_tick(NOW)
    with day.town.product.store.read() as connection:
        names = set(connection.scalars(sa.select(employees.c.key)))
        assert arrivals.taken_in(connection, ["1"]) == {"1"}
    assert ANDERS in names


def test_a_day_on_which_the_post_is_out_of_reach_is_survived(hooks: HostHooks, box: Box) -> None:
    box.down = True
    hooks.journal_daily_tick(NOW)


def test_a_search_in_the_host_finds_ours_and_is_logged_with_us(hooks: HostHooks, day: Day) -> None:
    found = hooks.journal_search(KAREN, "Noah")
    (noah,) = (one for one in found if one["url"] == f"/dubu/sag/{day.noah_sag}")
    with day.town.product.store.read() as connection:
        number = sag_panel.head(connection, day.noah_sag).number
    assert (noah["source"], noah["case"]) == ("Barn og familie", number)
    assert hooks.journal_search(ANDERS, "Noah") == []
    assert hooks.journal_search(FIE, "Noah") == ()
    with day.town.product.store.read() as connection:
        told = connection.scalars(sa.select(read_log.c.detail)).all()
    assert told == ["Noah", "Noah"]


def test_what_the_head_names_is_served(hooks: HostHooks) -> None:
    ((prefix, pages),) = hooks.journal_mount()
    assert prefix == "/dubu"
    assert callable(pages)
    assert hooks.journal_head().count('"/dubu/static/') == 3


def test_the_worker_runs_from_start_to_stop(hooks: HostHooks, tmp_path: Path) -> None:
    states = []
    hooks.journal_started()
    states.append(hooks.worker.state)
    hooks.journal_stopping()
    states.append(hooks.worker.state)
    assert states == [State.RUNNING, State.STOPPED]


def test_what_a_search_finds_says_underretning_once(hooks: HostHooks) -> None:
    titles = [row["title"] for row in hooks.journal_search(KAREN, "Alma")]
    assert "Underretning fra skolen om Alma Testvad" in titles
