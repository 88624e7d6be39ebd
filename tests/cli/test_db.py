"""``dubu db`` makes the database, says where it stands, and takes it back."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dubu_plugin.store import schema

Run = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dubu.toml").write_text("", encoding="utf-8")
    return tmp_path


def test_a_database_is_made_checked_and_taken_back(dubu: Run, folder: Path) -> None:
    assert dubu("db", "current").status == 1
    assert dubu("db", "check").status == 2
    made = dubu("db", "upgrade")
    assert (made.status, made.out) == (0, f"Databasen har nu udgave {schema.newest()}.\n")
    assert (folder / "dubu.sqlite").is_file()
    current = dubu("db", "current")
    assert (current.status, current.out) == (0, f"{schema.newest()}\n")
    assert dubu("db", "check").status == 0
    back = dubu("db", "downgrade", "base", "--yes")
    assert (back.status, back.out) == (0, "Databasen har nu udgave ingen.\n")


def test_taking_back_asks_first(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert dubu("db", "downgrade", "base").status == 1
    assert dubu("db", "current").status == 0


def test_sql_is_shown_and_nothing_is_run(dubu: Run, folder: Path) -> None:
    shown = dubu("db", "upgrade", "--sql")
    assert "CREATE TABLE haendelser" in shown.out
    assert not (folder / "dubu.sqlite").exists()


def test_a_database_that_cannot_be_reached_is_a_sentence(dubu: Run, folder: Path) -> None:
    (folder / "dubu.toml").write_text('database = "sqlite:////ingen/steder/x.sqlite"\n')
    answer = dubu("db", "upgrade")
    assert answer.status == 1
    assert "Databasen svarer ikke" in answer.err


def test_without_settings_it_says_what_to_do(dubu: Run) -> None:
    answer = dubu("db", "current")
    assert answer.status == 2
    assert "dubu demo" in answer.err.replace("\n", " ")
