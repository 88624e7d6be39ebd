"""A real CalDAV server (Radicale) on this machine, and the weather between us and it."""

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import httpx
from icalendar import Calendar, vDatetime, vText
from radicale import config
from radicale.app import Application

PASSWORD = "test-adgangskode"


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class QuietServer(WSGIServer):
    """Prints no fault."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection cut on purpose is no news."""


@dataclass
class Weather:
    """Stands before Radicale. What is planned for a method happens to its next request, once."""

    inner: Callable[..., Iterable[bytes]]
    planned: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)

    def plan(self, method: str, *what: str) -> None:
        """`503`, `500`…: that answer instead; `lost`: done, and no answer; `silent`: not done."""
        self.planned.setdefault(method, []).extend(what)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        self.asked.append(method)
        waiting = self.planned.get(method, [])
        fault = waiting.pop(0) if waiting else ""
        if fault.isdigit():
            start(f"{fault} Planlagt", [("Content-Length", "0"), ("Retry-After", "7")])
            return [b""]
        if fault == "garbage":
            start("207 Multi-Status", [("Content-Length", "7")])
            return [b"<nej></"]
        if fault == "silent":
            self.release.wait(5)
            raise ConnectionError("silent")
        answer = b"".join(self.inner(environ, start if fault != "lost" else _nothing))
        if fault == "lost":
            raise ConnectionError("lost")
        return [answer]


def _nothing(*_: Any) -> None:
    return None


@dataclass
class RadicaleServer:
    """One server. Ends with `stop`."""

    folder: Path

    def start(self) -> "RadicaleServer":
        """Begin to listen."""
        htpasswd = self.folder / "brugere"
        htpasswd.write_text(f"dubu:{PASSWORD}\n")
        rights = self.folder / "rettigheder"
        rights.write_text("[dubu]\nuser: dubu\ncollection: .*\npermissions: RrWw\n")
        choices = config.load()
        choices.update(
            {
                "auth": {
                    "type": "htpasswd",
                    "htpasswd_filename": str(htpasswd),
                    "htpasswd_encryption": "plain",
                    "delay": "0",
                },
                "rights": {"type": "from_file", "file": str(rights)},
                "storage": {"filesystem_folder": str(self.folder / "samlinger")},
                "logging": {"level": "critical"},
            },
            "test",
            privileged=True,
        )
        self.weather = Weather(Application(choices))
        self._server = make_server(
            "127.0.0.1", 0, self.weather, handler_class=Quiet, server_class=QuietServer
        )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{self._server.server_port}",
            auth=("dubu", PASSWORD),
            trust_env=False,
        )
        return self

    def stop(self) -> None:
        """End."""
        self.weather.release.set()
        self.client.close()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Where each one's calendar is."""
        return f"http://127.0.0.1:{self._server.server_port}/{{owner}}/dubu/"

    def make_calendar(self, owner: str) -> None:
        """Give somebody a calendar."""
        self.client.request("MKCOL", f"/{owner}/")
        answer = self.client.request("MKCALENDAR", f"/{owner}/dubu/")
        assert answer.status_code == 201, answer.text


@dataclass
class OtherClient:
    """Somebody who has the calendar open in another program."""

    server: RadicaleServer
    owner: str = "anne"

    def path(self, key: UUID) -> str:
        """Return where a meeting lies."""
        return f"/{self.owner}/dubu/dubu-{key}.ics"

    def text(self, key: UUID) -> str:
        """Return what is written there."""
        return self.server.client.get(self.path(key)).raise_for_status().text

    def names(self) -> list[str]:
        """Return what lies in the calendar."""
        answer = self.server.client.request(
            "PROPFIND", f"/{self.owner}/dubu/", headers={"Depth": "1"}
        )
        return sorted(re.findall(r"/dubu/([^</]+[.]ics)</", answer.text))

    def move(self, key: UUID, starts: datetime, ends: datetime, place: str | None) -> None:
        """Give an entry another time and place, and change nothing else in it."""
        calendar = Calendar.from_ical(self.text(key))
        event = calendar.walk("VEVENT")[0]
        event["DTSTART"], event["DTEND"] = vDatetime(starts), vDatetime(ends)
        event.pop("LOCATION", None)
        if place is not None:
            event["LOCATION"] = vText(place)
        self.put(key, calendar.to_ical())

    def put(self, key: UUID, content: bytes, name: str | None = None) -> None:
        """Write an entry, under our name for it or another."""
        path = self.path(key) if name is None else f"/{self.owner}/dubu/{name}"
        self.server.client.put(
            path, content=content, headers={"Content-Type": "text/calendar"}
        ).raise_for_status()

    def delete(self, key: UUID) -> None:
        """Remove an entry."""
        self.server.client.delete(self.path(key)).raise_for_status()
