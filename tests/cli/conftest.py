"""The command line as people use it, on an installation of its own."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dubu_plugin import cli
from dubu_plugin.cli import intake
from dubu_plugin.testing.databases import set_up_in


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A folder with an installation that is set up, and nothing in it."""
    return set_up_in(tmp_path)


@pytest.fixture
def dubu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run ``dubu`` in the test's folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DUBU_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    # A busy machine is no journal that is away; tests/cli/test_host_away.py tries the real one.
    monkeypatch.setattr(intake, "PATIENCE", 30.0)

    def run(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["dubu", *words])
        status: object = 0
        try:
            cli.main()
        except SystemExit as end:
            status = end.code
        said = capsys.readouterr()
        return Answer(status if isinstance(status, int) else 0, said.out, said.err)

    return run


@pytest.fixture
def staffed(dubu: Run, installation: Path) -> Path:
    """An installation somebody can log in to."""
    file = installation / "brugere.toml"
    file.write_text(
        '[[enhed]]\nkey = "modtagelse"\ntitle = "Modtagelsen"\n'
        '[[bruger]]\nlogin = "karen"\nname = "Karen Testberg"\nunit = "modtagelse"\n'
        'roles = ["sagsbehandler"]\n'
    )
    assert dubu("host", "users", str(file)).status == 0
    return installation
