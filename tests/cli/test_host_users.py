"""``dubu host users`` puts the embedded journal's units and users in from a small file."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dubu_plugin.documents.shelf import LetterShelf
from tests.cli.checking import findings

Run = Callable[..., Any]

STAFF = """
[[enhed]]
key = "team"
title = "Team Test"
parent = "modtagelse"

[[enhed]]
key = "modtagelse"
title = "Modtagelsen"

[[bruger]]
login = "Karen"
name = "Karen Testberg"
unit = "modtagelse"
roles = ["sagsbehandler"]
email = "karen@proevestrup.example"

[[bruger]]
login = "henrik"
name = "Henrik Prøveby"
unit = "modtagelse"
roles = ["teamleder"]
leads = ["modtagelse"]
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LetterShelf, "converter_version", lambda shelf: "")


def rows(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "journal.sqlite")) as there:
        return there.execute(statement).fetchall()


@pytest.fixture
def file(installation: Path) -> Path:
    path = installation / "brugere.toml"
    path.write_text(STAFF, encoding="utf-8")
    return path


def test_the_file_lets_people_in_and_again_changes_nothing(
    dubu: Run, installation: Path, file: Path
) -> None:
    dry = dubu("host", "users", str(file), "--dry-run")
    assert "Brugeren karen ville blive oprettet." in dry.out
    first = dubu("host", "users", str(file))
    assert first.status == 0
    assert "Brugeren karen er oprettet." in first.out
    assert rows(installation, "select login, unit from users order by login") == [
        ("henrik", "modtagelse"),
        ("karen", "modtagelse"),
    ]
    assert rows(installation, "select user, unit from unit_leaders") == [("henrik", "modtagelse")]
    assert dubu("host", "users", str(file)).out == "Alt var der i forvejen.\n"


def test_what_is_put_right_in_the_file_is_put_right_there(
    dubu: Run, installation: Path, file: Path
) -> None:
    dubu("host", "users", str(file))
    gone = STAFF.replace('name = "Karen Testberg"', 'name = "Karen Prøveberg"\nactive = false')
    file.write_text(gone, encoding="utf-8")
    dry = dubu("host", "users", str(file), "--dry-run").out
    assert dry == "Brugeren karen ville blive rettet.\n"
    asked = "select name, active from users where login = 'karen'"
    assert rows(installation, asked) == [("Karen Testberg", 1)]
    dubu("host", "users", str(file))
    assert rows(installation, asked) == [("Karen Prøveberg", 0)]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"sagsbehandler"', '"konge"', "ingen rolle"),
        ('parent = "modtagelse"', 'parent = "findesikke"', "»findesikke«"),
        ('leads = ["modtagelse"]', 'leads = ["andet"]', "»andet«"),
        ('login = "henrik"', 'login = "KAREN"', "en andens"),
        ("email =", "mail =", "mail"),
    ],
)
def test_a_slip_changes_nothing_and_is_named(
    dubu: Run, installation: Path, file: Path, before: str, after: str, said: str
) -> None:
    file.write_text(STAFF.replace(before, after), encoding="utf-8")
    answer = dubu("host", "users", str(file))
    assert answer.status == 2
    assert said in answer.err
    assert rows(installation, "select count(*) from units") == [(0,)]


def test_check_says_no_until_somebody_can_log_in_and_the_intake_unit_is_there(
    dubu: Run, installation: Path, file: Path
) -> None:
    found = findings(dubu("check", "--json"))
    assert not found["identitet"]["ok"]
    assert "dubu host users" in found["identitet"]["detail"]
    assert not found["modtagelse"]["ok"]
    dubu("host", "users", str(file))
    found = findings(dubu("check", "--json"))
    assert found["identitet"]["detail"] == "2 enheder, 2 medarbejdere med en rolle"
    assert found["modtagelse"]["ok"]


@pytest.mark.parametrize("name", ["unit", "on_call_unit"])
def test_a_unit_nobody_knows_is_a_no(dubu: Run, installation: Path, file: Path, name: str) -> None:
    dubu("host", "users", str(file))
    settings = installation / "dubu.toml"
    settings.write_text(
        f'{settings.read_text()}\n[intake]\n{name} = "findesikke"\n', encoding="utf-8"
    )
    answer = dubu("check", "--json")
    assert answer.status == 1
    assert f"{name} = »findesikke«" in findings(answer)["modtagelse"]["detail"]


def test_a_new_installation_is_not_asked_to_count_again(dubu: Run, tmp_path: Path) -> None:
    (tmp_path / "dubu.toml").write_text("")
    dubu("db", "upgrade")
    told = findings(dubu("check", "--json"))["regler"]["detail"]
    assert "recompute" not in told
