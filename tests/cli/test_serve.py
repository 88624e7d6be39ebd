"""dubu serve as a process: it comes up, says where, ends when asked, and says what is wrong."""

import gc
import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dubu_journal.serving import EmbeddedWeb
from dubu_plugin.cli import serve
from dubu_plugin.cli.beginning import unswept
from dubu_plugin.cli.serve import bound
from dubu_plugin.delivery.courtesy import Counted
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import Settings
from dubu_plugin.testing.databases import set_up_in

from .conftest import Run

READY = "Åbn http://"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return set_up_in(tmp_path, "training = true\n") / "dubu.toml"


def started(config: Path, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "dubu_plugin", "serve", "--config", str(config), *more]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")


@pytest.fixture
def served(config: Path) -> Iterator["subprocess.Popen[str]"]:
    process = started(config, "--port", "0", "--timing")
    yield process
    process.kill()
    process.communicate()


def address(process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(READY):
            return line.removeprefix("Åbn ").strip()
    raise AssertionError("it never said where it is")


def test_it_shows_a_page_and_ends_when_asked(served: "subprocess.Popen[str]") -> None:
    where = address(served)
    with urllib.request.urlopen(f"{where}dubu/healthz", timeout=30) as answer:
        assert answer.status == 200
        assert answer.headers["Server-Timing"].startswith("app;dur=")
        assert "uvicorn" not in (answer.headers.get("Server") or "")
    served.send_signal(signal.SIGTERM)
    _, said = served.communicate(timeout=30)
    assert served.returncode in (0, -signal.SIGTERM)
    assert "Traceback" not in said


def test_at_start_the_log_says_which_rules_are_switched_against_the_delivery(config: Path) -> None:
    with config.open("a", encoding="utf-8") as file:
        file.write('\n[frister]\noff = ["UND-24T", "GDPR-1M"]\n')
    process = started(config, "--port", "0")
    said = []
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        if line.startswith(READY):
            break
    process.kill()
    process.communicate()
    (warning,) = [json.loads(line) for line in said if "rule_switched" in line]
    assert (warning["event"], warning["rule"]) == ("rule_switched_off", "UND-24T")
    assert (warning["level"], warning["law"]) == ("warning", "BL § 136 stk. 2")
    assert "ingen bliver mindet" in warning["means"]


def test_ctrl_c_ends_it_without_a_cry(served: "subprocess.Popen[str]") -> None:
    address(served)
    served.send_signal(signal.SIGINT)
    _, said = served.communicate(timeout=30)
    assert served.returncode == 130
    assert said.rstrip().endswith("Stoppet. Tak for nu.")
    assert "Traceback" not in said


def test_a_database_of_another_shape_is_not_served(tmp_path: Path) -> None:
    config = tmp_path / "dubu.toml"
    config.write_text("training = true\n", encoding="utf-8")
    process = started(config, "--port", "0")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "dubu db upgrade" in said


def test_a_port_that_is_taken_is_said_in_danish() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(ConfigurationError, match="optaget") as no:
            bound("127.0.0.1", taken)
    assert f"--port {taken + 1}" in str(no.value)


def test_it_does_not_start_on_a_port_that_is_taken(config: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process = started(config, "--port", str(other.getsockname()[1]))
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith("Siderne kan ikke vises. Port")
    assert "Traceback" not in said


def test_it_does_not_start_on_settings_it_cannot_use(config: Path) -> None:
    config.write_bytes(b"[web]\nport = 'otte'\n")
    process = started(config, "--port", "0")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith("Siderne kan ikke vises.")
    assert "»web.port« skal være et helt tal." in said.replace("\n", " ")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (b"[web\n", "er ikke rigtig TOML"),
        (b"\xff\xfe\x00", "er ikke en tekstfil i UTF-8."),
        (b"[journal]\ndatabase = 5\n", "[journal] i dubu.toml: »database« skal være"),
    ],
)
def test_settings_it_cannot_use_are_told_in_danish(
    config: Path, dubu: Run, monkeypatch: pytest.MonkeyPatch, text: bytes, wrong: str
) -> None:
    def serving(*_: object) -> None:
        raise AssertionError("it serves")

    monkeypatch.setattr(serve, "_Server", serving)
    config.write_bytes(text)
    answer = dubu("serve", "--config", str(config), "--port", "0")
    assert answer.status == 1
    assert answer.err.startswith("Siderne kan ikke vises.")
    assert wrong in answer.err.replace("\n", " ")
    assert "Traceback" not in answer.err


def test_an_address_that_is_not_this_machines_is_said_in_danish() -> None:
    with pytest.raises(ConfigurationError, match="kan ikke bruges"):
        bound("192.0.2.1", 0)


@pytest.mark.parametrize(
    ("settings", "serves"),
    [
        ('[web]\nhost = "0.0.0.0"\n', False),
        ('[web]\nhost = "0.0.0.0"\n[journal]\npassword = ""\n', False),
        ('[web]\nhost = "0.0.0.0"\n[journal]\npassword = "fire små grå får"\n', True),
        ('training = true\n[web]\nhost = "0.0.0.0"\n', True),
        ('[web]\nhost = "127.0.0.1"\n', True),
    ],
)
def test_what_other_machines_reach_is_not_served_without_a_password(
    tmp_path: Path, settings: str, serves: bool
) -> None:
    web = EmbeddedWeb(Settings.from_file(set_up_in(tmp_path, settings) / "dubu.toml"))
    if serves:
        web.asgi()
        return
    with pytest.raises(ConfigurationError) as no:
        web.asgi()
    assert "password_file" in str(no.value)


def test_what_is_started_is_never_gone_through_for_garbage_again() -> None:
    """It would stop every page there is for a fifth of a second, some times a minute."""
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    try:
        serve.settle()
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold() == (*before[:2], serve.SELDOM)
        assert sys.getswitchinterval() == pytest.approx(serve.TURN)
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
        sys.setswitchinterval(turn)


def test_what_is_read_in_is_not_gone_through_meanwhile() -> None:
    """It is a fourth of the start."""
    before = gc.get_freeze_count()
    with unswept():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() == before, "what was garbage then would never be let go of"


def test_the_pages_are_begun_without_what_only_changes_the_database(config: Path) -> None:
    """Alembic takes a tenth of the start, and Pygments comes with it."""
    begun = (
        "import sys; from pathlib import Path; from dubu_plugin.cli import serve; "
        "from dubu_plugin.settings import Settings; "
        f"settings = Settings.from_file(Path({str(config)!r})); serve._require_whole(settings); "
        "serve._application(settings); print(sorted({'alembic', 'mako'} & sys.modules.keys()))"
    )
    said = subprocess.run([sys.executable, "-c", begun], check=True, capture_output=True, text=True)
    assert said.stdout == "[]\n"


@pytest.mark.parametrize("timing", [False, True])
def test_what_works_beside_the_pages_can_see_when_one_is_made(
    config: Path, monkeypatch: pytest.MonkeyPatch, timing: bool
) -> None:
    served: list[Any] = []

    class Listening:
        is_stopped_by_hand = False

        def __init__(self, pages: Any, when_ready: Any) -> None:
            served.append(pages)

        def run(self, sockets: Any) -> None:
            pass

    monkeypatch.setattr(serve, "_Server", Listening)
    serve.run(Settings.from_file(config), 0, when_ready=lambda address: None, timing=timing)
    assert isinstance(served[0], Counted)
