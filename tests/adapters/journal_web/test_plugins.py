"""What plugins add is shown, and what goes wrong in one of them stays there."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from starlette.types import ASGIApp, Message
from structlog.testing import capture_logs

from dubu_journal.frame import EmbeddedFrame
from dubu_journal.hookspecs import hookimpl
from dubu_journal.host import Host
from dubu_journal.plugins import Plugins
from dubu_journal.refusals import NotThere
from dubu_plugin.ports.frame import Framed

from ..conftest import Clock, Municipality
from .conftest import Browser, ExamplePlugin


def test_a_plugin_is_told_where_the_settings_are(client: ASGIApp, plugin: ExamplePlugin) -> None:
    assert plugin.heard == ["start dubu.toml"]


def test_a_plugin_adds_to_the_bar_and_counts(karen: Browser) -> None:
    shown = karen.get("/sager").text
    assert '<a href="/">Min dag (10)</a>' in shown
    assert '<a href="/eksempel/indgang">Indgang (3)</a>' in shown


def test_a_plugin_adds_boxes_to_the_front_page(karen: Browser) -> None:
    shown = karen.get("/").text
    assert (
        shown.index("Bredt indhold")
        < shown.index("Mine erindringer")
        < shown.index("Smalt indhold")
    )
    assert '<h1 class="j-hidden">Min dag</h1>' in shown


def test_what_plugins_need_in_the_head_is_only_there_with_their_content(karen: Browser) -> None:
    link = '<link rel="stylesheet" href="/eksempel/panel.css">'
    assert link in karen.get("/").text
    assert link in karen.get("/sager/1/fane/barn").text
    assert link not in karen.get("/sager/1").text


def test_a_tab_nobody_has_is_not_there(karen: Browser) -> None:
    assert karen.get("/sager/1/fane/ukendt").status_code == 404


def test_a_plugins_own_pages_see_their_whole_address(karen: Browser) -> None:
    assert karen.get("/eksempel/indgang").text == "plugin at /eksempel/indgang"
    assert karen.get("/eksempel").text == "plugin at /eksempel"
    assert karen.get("/eksempelvis").status_code == 404


def test_a_broken_plugin_leaves_the_journal_standing(karen: Browser, plugin: ExamplePlugin) -> None:
    plugin.broken = True
    with capture_logs() as lines:
        front, found = karen.get("/"), karen.post("/soeg", {"soeg": "Prøvestrup Skole"})
    assert "En tilføjelse til journalen svarede ikke" in front.text
    assert "Prøvestrup Skole" in found.text
    assert {line["event"] for line in lines} == {"plugin_failed"}
    assert "Alma" not in str(lines)


def test_a_plugin_that_cannot_start_stops_the_journal() -> None:
    class Broken(ExamplePlugin):
        @hookimpl
        def journal_start(self, settings_file: str) -> None:
            raise ValueError(settings_file)

    with pytest.raises(ValueError, match="x"):
        Plugins.load("x", installed=False, extra=[Broken()])


def test_a_plugin_that_fails_does_not_keep_the_others_from_answering() -> None:
    plugins = Plugins.load(
        "x", installed=False, extra=[ExamplePlugin(broken=True), ExamplePlugin()]
    )
    assert [tab.title for tab in plugins.tabs("1", "karen")] == ["Barn og familie"]
    assert plugins.closed("karen", ["1", "2"]) == {"1", "2"}


def test_the_plugin_starts_before_and_stops_after_the_requests(
    client: ASGIApp, plugin: ExamplePlugin, clock: Clock
) -> None:
    asyncio.run(lived(client))
    assert plugin.heard[:2] == ["start dubu.toml", "started"]
    assert plugin.heard[-1] == "stopping"


def test_a_new_day_is_told_once(plugin: ExamplePlugin, clock: Clock) -> None:
    plugins = Plugins.load("x", installed=False, extra=[plugin])
    plugins.new_day(clock.now + timedelta(days=1))
    assert plugin.heard[-1] == "day 27"


@pytest.fixture
def frame(client: ASGIApp, host: Host) -> EmbeddedFrame:
    return EmbeddedFrame(host)


def test_the_frame_has_the_bar_and_the_head_of_the_case(
    frame: EmbeddedFrame, municipality: Municipality
) -> None:
    page = Framed(
        title="Underretning",
        body="<p>Panelet</p>",
        head='<link rel="stylesheet" href="/eksempel/panel.css">',
        employee="karen",
        menu="/eksempel/indgang",
        case=str(municipality.cases["Alma"]),
        tab="barn",
        notices=["Læs dette"],
    )
    drawn = frame.draw(page)
    assert "<title>Underretning – Journal</title>" in drawn
    assert '<a href="/eksempel/indgang" aria-current="page">Indgang (3)</a>' in drawn
    assert "<h1>Testvad, Alma – særlig støtte</h1>" in drawn
    assert f'<a href="/sager/{page.case}/fane/barn" aria-current="page">' in drawn
    assert '<main class="j-plugin" id="indhold" tabindex="-1"><p>Panelet</p></main>' in drawn
    assert "Læs dette" in drawn
    assert drawn.count("<main") == 1


def test_the_frame_keeps_the_head_of_a_closed_case_closed(
    frame: EmbeddedFrame, municipality: Municipality
) -> None:
    case = str(municipality.cases["Alma"])
    page = Framed(title="T", body="<main>Panelet</main>", head="", employee="ida", case=case)
    drawn = frame.draw(page)
    assert "Panelet" in drawn
    assert "Testvad" not in drawn
    assert drawn.count("<main") == 1


def test_the_frame_is_drawn_for_somebody_who_works_here(frame: EmbeddedFrame) -> None:
    with pytest.raises(NotThere):
        frame.draw(Framed(title="T", body="", head="", employee="nobody"))


def test_the_frame_can_be_drawn_where_no_client_is_served(host: Host) -> None:
    page = Framed(title="T", body="Panelet", head="", employee="karen")
    assert "Panelet" in EmbeddedFrame(host).draw(page)


async def lived(app: ASGIApp) -> None:
    """Start the application and stop it again, as a web server does."""
    asked: asyncio.Queue[Message] = asyncio.Queue()
    said: asyncio.Queue[Message] = asyncio.Queue()
    scope: dict[str, Any] = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    life = asyncio.ensure_future(app(scope, asked.get, said.put))
    for step in ("startup", "shutdown"):
        await asked.put({"type": f"lifespan.{step}"})
        assert (await said.get())["type"] == f"lifespan.{step}.complete"
    await life
