"""Nobody else on the machine may read what an installation keeps."""

import json
import os
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dubu_plugin import plugins
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.settings import Settings
from dubu_plugin.store.database import Store
from dubu_plugin.usecases.upkeep.set_up import set_up

Run = Callable[..., Any]

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """What most machines give a new file: everybody may read it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LetterShelf, "converter_version", lambda shelf: "")


def rights(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def made(folder: Path) -> Settings:
    (folder / "dubu.toml").touch()
    settings = Settings.from_file(folder / "dubu.toml")
    set_up(settings, plugins.upkeep(plugins.build(), settings), now=NOW)
    return settings


def test_a_new_installation_is_its_owners_alone(tmp_path: Path) -> None:
    settings = made(tmp_path)
    store = Store.connect(settings.database_url, RuleBook(()))
    with store.write(actor="karen", now=NOW) as work:
        work.connection.exec_driver_sql("SELECT 1")
        beside = [tmp_path / f"dubu.sqlite{end}" for end in ("-wal", "-shm")]
        assert [rights(one) for one in beside] == [0o600, 0o600]
    store.close()
    files = {one.name: rights(one) for one in tmp_path.glob("*.sqlite*")}
    assert {"dubu.sqlite", "journal.sqlite"} <= set(files)
    assert set(files.values()) == {0o600}
    assert rights(tmp_path / "filer") == rights(tmp_path / "journal-filer") == 0o700


def test_an_upgrade_closes_what_was_open(dubu: Run, installation: Path) -> None:
    for name in ("dubu.sqlite", "journal.sqlite"):
        (installation / name).chmod(0o644)
    (installation / "filer").chmod(0o755)
    answer = dubu("check", "--json")
    assert answer.status == 1
    found = {one["part"]: one for one in json.loads(answer.out)}
    assert "dubu.sqlite" in found["rettigheder"]["detail"]
    assert "filer" in found["rettigheder"]["detail"]
    (installation / "filer").chmod(0o700)
    assert dubu("db", "upgrade").status == 0
    assert rights(installation / "dubu.sqlite") == rights(installation / "journal.sqlite") == 0o600
    answer = dubu("check", "--json")
    assert {one["part"]: one["ok"] for one in json.loads(answer.out)}["rettigheder"]
