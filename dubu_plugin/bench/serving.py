"""The product as its users run it: a `dubu serve` of its own, asked over HTTP."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from dubu_plugin.bench.timing import HEADER, Cost, cost
from dubu_plugin.errors import ConfigurationError

READY: Final = "Åbn "
LOGIN: Final = "/log-ind"
NOTHING: Final = "app;dur=0, cpu;dur=0, db;dur=0;desc=0, own;desc=0"


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that came back."""

    status: int
    body: str
    wall_ms: float
    """From the first byte sent to the last received."""
    cost: Cost
    location: str | None

    def after(self, first: "Answer") -> "Answer":
        """Return this answer with what the one before it cost added."""
        both = Cost(
            self.cost.app_ms + first.cost.app_ms,
            self.cost.cpu_ms + first.cost.cpu_ms,
            self.cost.db_ms + first.cost.db_ms,
            self.cost.queries + first.cost.queries,
            self.cost.own + first.cost.own,
        )
        return replace(self, wall_ms=self.wall_ms + first.wall_ms, cost=both)


class Browser:
    """Somebody who is logged in and opens page after page."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookie = ""

    def log_in(self, user: str) -> None:
        """Log in.

        :raises ConfigurationError: the host did not let us in.
        """
        answer = self._asked("POST", LOGIN, {"bruger": user})
        if answer.status != 303 or not self._cookie:
            raise ConfigurationError(f"{user} kunne ikke logge ind: svaret var {answer.status}.")

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._asked("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._asked("POST", path, fields)

    def close(self) -> None:
        """Go away."""
        self._connection.close()

    def _asked(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Answer:
        headers = {"Cookie": self._cookie} if self._cookie else {}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://{self._connection.host}:{self._connection.port}"
            headers["Sec-Fetch-Site"] = "same-origin"
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        took = (time.perf_counter() - began) * 1000
        given = response.getheader("Set-Cookie")
        if given:
            self._cookie = given.split(";")[0]
        said = cost(response.getheader(HEADER) or NOTHING)
        return Answer(response.status, text, took, said, response.getheader("Location"))


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server."""

    pid: int
    port: int
    started_ms: float
    """From the command to the first page, whole."""

    @contextmanager
    def browser(self, user: str) -> Iterator[Browser]:
        """Give a browser in which somebody is logged in."""
        browser = Browser(self.port)
        try:
            browser.log_in(user)
            yield browser
        finally:
            browser.close()


@contextmanager
def serving(config: Path) -> Iterator[Serving]:
    """Run a server on a free port, and end it afterwards."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "dubu_plugin", "serve", "--config", str(config)]
    process = subprocess.Popen(
        [*command, "--port", "0", "--timing"],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment(config.parent.parent),
    )
    try:
        port = _port(process)
        first = Browser(port)
        first.get(LOGIN)
        first.close()
        yield Serving(process.pid, port, (time.perf_counter() - began) * 1000)
    finally:
        process.terminate()
        process.communicate()


def environment(folder: Path) -> dict[str, str]:
    """Return what a server is run in: its modules are kept compiled, as an installed product's are.

    :param folder: where they are kept, whatever is said of those of a checkout.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder / "kode")}


def _port(process: "subprocess.Popen[str]") -> int:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(READY):
            return urlsplit(line.removeprefix(READY).strip()).port or 80
    raise ConfigurationError("Serveren kom ikke i gang. Prøv »dubu serve« for at se hvorfor.")
