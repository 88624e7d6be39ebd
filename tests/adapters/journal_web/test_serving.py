"""The client as it is served: with its plugins, its mail ports, its folders and its settings."""

import asyncio
import smtplib
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from dubu_journal import installation
from dubu_journal.host import Host
from dubu_journal.serving import EmbeddedWeb
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import Settings

from .conftest import Browser, ExamplePlugin

Serve = Callable[..., ASGIApp]


@pytest.fixture
def serve(
    tmp_path: Path, host: Host, plugin: ExamplePlugin, clock: Callable[[], datetime]
) -> Serve:
    """Return a client with what the test says in the host's section."""

    def served(section: str, top: str = "") -> ASGIApp:
        file = tmp_path / "dubu.toml"
        web = '[web]\naddress = "http://journal.test"'
        file.write_text(f"{top}\n{web}\n[journal]\n{section}\n", encoding="utf-8")
        settings = Settings.from_file(file)
        assert installation.host(settings) is host
        return EmbeddedWeb(settings, extra=[plugin], installed=False, clock=clock).asgi()

    return served


def test_a_mail_reaches_the_plugin(serve: Serve, plugin: ExamplePlugin) -> None:
    port = free_port()
    app = serve(f"smtp_port = {port}")

    async def live() -> None:
        asked: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        said: asyncio.Queue[object] = asyncio.Queue()
        life = asyncio.ensure_future(app({"type": "lifespan"}, asked.get, said.put))
        await asked.put({"type": "lifespan.startup"})
        await said.get()
        await asyncio.to_thread(send, port)
        assert await asyncio.to_thread(plugin.arrived.wait, 30)
        await asked.put({"type": "lifespan.shutdown"})
        await life

    asyncio.run(live())
    assert plugin.heard[1] == "started"
    assert sum(heard.startswith("post mail-") for heard in plugin.heard) == 2
    assert plugin.heard[-1] == "stopping"


@pytest.mark.parametrize("where", ["password", "password_file"])
def test_where_there_is_a_password_it_must_be_typed(
    where: str, serve: Serve, tmp_path: Path
) -> None:
    (tmp_path / "kode").write_text("hemmelig æøå\n", encoding="utf-8")
    given = {"password": "hemmelig æøå", "password_file": "kode"}[where]
    app = serve(f'{where} = "{given}"')
    form = {"bruger": "karen@proevestrup"}
    browser = Browser(app, Browser.nobody())
    assert 'type="password"' in browser.get("/log-ind").text
    for wrong in ({}, {"kode": "forkert"}):
        answer = browser.post("/log-ind", form | wrong)
        assert answer.status_code == 422
        assert "forkert" not in answer.text
    assert browser.post("/log-ind", form | {"kode": "hemmelig æøå"}).url.path == "/"


def test_a_training_copy_says_so_on_every_page(serve: Serve) -> None:
    browser = Browser(serve("", "training = true"), Browser.nobody())
    said = "Øvemiljø. Alle personer er opdigtede, og intet sendes ud."
    assert said in browser.get("/log-ind").text
    browser.post("/log-ind", {"bruger": "karen@proevestrup"})
    for path in ("/", "/sager/1", "/findes-ikke", "/mig"):
        assert said in browser.get(path).text


def test_the_cookie_is_for_https_where_the_client_is(serve: Serve) -> None:
    browser = Browser(serve("secure = true"), Browser.nobody())
    answer = browser.post("/log-ind", {"bruger": "karen@proevestrup"}, follow_redirects=False)
    assert "secure" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "section", ["smtp_port = 70000", 'largest_mail = "stor"', 'password_file = "findes-ikke"']
)
def test_a_setting_that_cannot_be_is_told_at_the_start(section: str, serve: Serve) -> None:
    with pytest.raises(ConfigurationError):
        serve(section)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def send(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as line:
        line.sendmail("a@b.example", ["c@d.example"], "Subject: Hej\r\n\r\nEn mail.\r\n")
