"""``dubu metode``: what there is, and the municipality's own put in and out."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dubu_plugin import app
from dubu_plugin.settings import Settings
from dubu_plugin.store.skrift import method_use
from tests.metode.conftest import SMALL

Run = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "vores_metode.toml"
    file.write_text(SMALL.replace("2027-01-01", "2020-01-01"), encoding="utf-8")
    return file


def listed(dubu: Run) -> dict[str, dict[str, Any]]:
    return {one["method"]: one for one in json.loads(dubu("metode", "list", "--json").out)}


def test_the_methods_are_listed_with_the_one_in_use(dubu: Run) -> None:
    told = listed(dubu)
    assert told["ics_2019"]["current"]
    assert not told["ics_2007"]["current"]
    assert not told["ics_2019"]["own"]
    answer = dubu("metode", "list")
    assert answer.status == 0
    assert "fra 1.1.2007 til 31.12.2018" in answer.out


def test_a_method_is_shown_with_the_guidance_for_an_age(dubu: Run) -> None:
    answer = dubu("metode", "show", "ics_2019", "--band", "aar_6_9")
    assert answer.status == 0
    assert "3. Dagtilbud, skoleforhold og læring" in answer.out
    assert "Møder barnet frisk og udhvilet i skole?" in answer.out
    assert "(vores)" in answer.out
    told = json.loads(dubu("metode", "show", "ics_2019", "--band", "aar_6_9", "--json").out)
    assert [len(side["dimensions"]) for side in told["sides"]] == [4, 3, 3]
    assert told["sides"][0]["dimensions"][0]["guidance"]["questions"]


def test_a_method_that_is_not_there_is_told(dubu: Run) -> None:
    answer = dubu("metode", "show", "mars")
    assert answer.status == 1
    assert "dubu metode list" in answer.err


def test_a_file_that_cannot_be_used_is_told_with_line_and_reason(dubu: Run, file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace('"aar_18_22"', '"aar_9"'), encoding="utf-8")
    answer = dubu("metode", "check", str(file))
    assert answer.status == 2
    assert f"{file.name}, linje 36" in answer.err


def test_a_file_that_is_not_there_is_told(dubu: Run) -> None:
    answer = dubu("metode", "check", "ingen.toml")
    assert answer.status == 2
    assert "ingen.toml" in answer.err


def test_a_method_is_put_in_and_taken_out_again(dubu: Run, installation: Path, file: Path) -> None:
    config = ["--config", str(installation / "dubu.toml")]
    assert dubu("metode", "check", str(file), *config).status == 0
    running = app.build(Settings.found(installation / "dubu.toml"), installed=True)
    answer = dubu("metode", "install", str(file), *config)
    assert answer.status == 0, answer.err
    found = running.methods.book.current(date(2026, 11, 22))
    assert found is not None
    assert found.code == "vores"
    answer = dubu("metode", "remove", "vores", "1", *config)
    assert answer.status == 0, answer.err
    assert "fjernet" in answer.out
    found = running.methods.book.current(date(2026, 11, 22))
    assert found is not None
    assert found.code == "ics_2019"


def test_a_method_in_use_is_not_taken_out(
    dubu: Run, installation: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = ["--config", str(installation / "dubu.toml")]
    dubu("metode", "install", str(file), *config)
    monkeypatch.setattr(method_use, "in_use", lambda connection, code, version: 2)
    answer = dubu("metode", "remove", "vores", "1", *config)
    assert answer.status == 1
    assert "i brug i 2 sager" in answer.err


def test_a_method_spoilt_by_hand_is_left_out_told_and_can_be_taken_out(
    dubu: Run, installation: Path, file: Path
) -> None:
    config = ["--config", str(installation / "dubu.toml")]
    dubu("metode", "install", str(file), *config)
    (installation / "metoder" / "vores-1.toml").write_text("[[metode]", encoding="utf-8")
    answer = dubu("metode", "list", *config)
    assert answer.status == 0
    assert "vores-1.toml, linje 1" in answer.err
    product = app.build(Settings.found(installation / "dubu.toml"))
    assert [one.name for one in product.left_out] == ["vores-1.toml"]
    answer = dubu("metode", "remove", "vores", "1", *config)
    assert answer.status == 0, answer.err
    assert not app.build(Settings.found(installation / "dubu.toml")).left_out


@pytest.mark.parametrize("named", ["min fil", "min fil.toml"])
def test_a_method_nobody_can_read_is_taken_out_by_its_files_name_though_cases_have_it(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    config = ["--config", str(installation / "dubu.toml")]
    (installation / "metoder").mkdir(exist_ok=True)
    (installation / "metoder" / "min fil.toml").write_text("[[metode]", encoding="utf-8")
    monkeypatch.setattr(method_use, "in_use", lambda connection, code, version: 2)
    answer = dubu("metode", "remove", named, *config)
    assert answer.status == 0, answer.err
    assert not app.build(Settings.found(installation / "dubu.toml")).left_out


def test_a_methods_file_is_taken_out_by_its_name_where_no_case_has_it(
    dubu: Run, installation: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = ["--config", str(installation / "dubu.toml")]
    dubu("metode", "install", str(file), *config)
    monkeypatch.setattr(method_use, "in_use", lambda connection, code, version: 2)
    answer = dubu("metode", "remove", "vores-1.toml", *config)
    assert (answer.status, "i brug i 2 sager" in answer.err) == (1, True)
    monkeypatch.setattr(method_use, "in_use", lambda connection, code, version: 0)
    assert dubu("metode", "remove", "vores-1.toml", *config).status == 0
    assert "vores" not in listed(dubu)
