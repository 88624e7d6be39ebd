"""``dubu frister check|install|remove``: the municipality's own deadline rules, put in and out."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dubu_plugin import app
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.settings import Settings
from dubu_plugin.store.egne import rule_use
from dubu_plugin.testing.town import build
from dubu_plugin.usecases.frist.follow_rules import follow_rules
from tests.cli.checking import findings
from tests.frister.rows import WHOLE

Run = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "vores_frister.toml"
    file.write_text(WHOLE.replace("TEST-1", "VORES-1"), encoding="utf-8")
    return file


@pytest.fixture
def config(installation: Path) -> list[str]:
    return ["--config", str(installation / "dubu.toml")]


def listed(dubu: Run, config: list[str]) -> list[str]:
    told = json.loads(dubu("frister", "on", "2026-11-22", "--json", *config).out)
    return [one["rule"] for one in told if one["rule"].startswith("VORES")]


def test_a_file_is_checked_put_in_and_taken_out_again(
    dubu: Run, config: list[str], installation: Path, file: Path
) -> None:
    answer = dubu("frister", "check", str(file), *config)
    assert (answer.status, listed(dubu, config)) == (0, [])
    assert "VORES-1 En prøve" in answer.out
    answer = dubu("frister", "install", str(file), *config)
    assert answer.status == 0, answer.err
    assert "dubu frister remove vores_frister.toml" in answer.out
    assert listed(dubu, config) == ["VORES-1"]
    assert "VORES-1 En prøve" in dubu("frister", "files", *config).out
    answer = dubu("frister", "remove", "vores_frister.toml", *config)
    assert answer.status == 0, answer.err
    assert listed(dubu, config) == []
    aside = installation / "regler" / "fjernet" / "vores_frister.toml"
    assert str(aside) in answer.out
    assert dubu("frister", "install", str(aside), *config).status == 0
    assert listed(dubu, config) == ["VORES-1"]


def test_the_folder_is_the_one_dubu_toml_names(
    dubu: Run, config: list[str], installation: Path, file: Path
) -> None:
    toml = installation / "dubu.toml"
    toml.write_text(f'{toml.read_text("utf-8")}\n[frister]\nrules = "andre"\n', encoding="utf-8")
    assert dubu("frister", "install", str(file), *config).status == 0
    assert (installation / "andre" / "vores_frister.toml").is_file()


def test_a_running_installation_takes_it_in_and_lets_it_go(
    dubu: Run, config: list[str], installation: Path, file: Path
) -> None:
    running = app.build(Settings.found(installation / "dubu.toml"))
    assert running.store.rules.newest("VORES-1") is None
    dubu("frister", "install", str(file), *config)
    assert follow_rules(running)
    assert running.store.rules.newest("VORES-1") is not None
    dubu("frister", "remove", "vores_frister", *config)
    assert follow_rules(running)
    assert running.store.rules.newest("VORES-1") is None


@pytest.mark.parametrize("command", ["check", "install"])
def test_a_file_that_cannot_be_used_is_told_with_line_and_reason_and_stays_out(
    dubu: Run, config: list[str], installation: Path, file: Path, command: str
) -> None:
    file.write_text(file.read_text("utf-8").replace("6 hverdage", "seks"), encoding="utf-8")
    answer = dubu("frister", command, str(file), *config)
    assert answer.status == 2
    assert "vores_frister.toml, linje 12" in answer.err
    assert not (installation / "regler").exists()


def test_a_rule_in_force_at_once_with_ours_is_refused(
    dubu: Run, config: list[str], file: Path
) -> None:
    file.write_text(file.read_text("utf-8").replace("VORES-1", "UND-KVIT"), encoding="utf-8")
    answer = dubu("frister", "install", str(file), *config)
    assert answer.status == 2
    assert "UND-KVIT følger med programmet" in answer.err
    assert "vores_frister.toml, linje 2" in answer.err


def test_an_empty_file_is_no_rules(dubu: Run, config: list[str], file: Path) -> None:
    file.write_text("", encoding="utf-8")
    answer = dubu("frister", "check", str(file), *config)
    assert answer.status == 2
    assert "ingen [[frist]]" in answer.err


def test_the_same_file_twice_is_put_in_once_and_another_by_its_name_is_refused(
    dubu: Run, config: list[str], installation: Path, file: Path
) -> None:
    dubu("frister", "install", str(file), *config)
    assert dubu("frister", "install", str(file), *config).status == 0
    file.write_text(WHOLE.replace("TEST-1", "VORES-2"), encoding="utf-8")
    for command in ("check", "install"):
        answer = dubu("frister", command, str(file), *config)
        assert answer.status == 1
        assert "dubu frister remove vores_frister.toml" in answer.err
    assert "VORES-1" in (installation / "regler" / file.name).read_text("utf-8")


@pytest.mark.parametrize("name", ["andre.toml", "zebra.toml"])
def test_what_overlaps_an_own_file_is_refused_by_check_and_by_install_and_leaves_nothing(
    dubu: Run, config: list[str], installation: Path, file: Path, name: str
) -> None:
    dubu("frister", "install", str(file), *config)
    other = file.with_name(name)
    other.write_text(file.read_text("utf-8").replace("6 hverdage", "7 hverdage"), encoding="utf-8")
    for command in ("check", "install"):
        answer = dubu("frister", command, str(other), *config)
        assert answer.status == 2
        assert f"{other}, linje 2" in answer.err.replace("\n", "")
        assert "VORES-1 gælder samtidig" in answer.err
    assert [one.name for one in (installation / "regler").glob("*.toml")] == [file.name]
    assert findings(dubu("check", "--json", *config))["egne filer"]["ok"]


@pytest.mark.parametrize("command", ["check", "install"])
def test_a_name_that_is_not_found_again_is_refused_before_too(
    dubu: Run, config: list[str], file: Path, command: str
) -> None:
    odd = file.rename(file.with_suffix(".txt"))
    answer = dubu("frister", command, str(odd), *config)
    assert (answer.status, "ender på .toml" in answer.err) == (1, True)


def changed(file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("6 hverdage", "7 hverdage"), encoding="utf-8")


def test_a_changed_file_of_the_same_name_is_shown_and_then_put_in_and_the_old_is_kept_aside(
    dubu: Run, config: list[str], installation: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where deadlines run under it, so that it cannot be taken out."""
    dubu("frister", "install", str(file), *config)
    monkeypatch.setattr(rule_use, "in_use", lambda connection, rule: 3)
    changed(file)
    lies = installation / "regler" / file.name
    assert "før 6 hverdage, nu 7 hverdage" in dubu("frister", "check", str(file), *config).out
    answer = dubu("frister", "install", str(file), *config)
    assert answer.status == 1
    assert "før 6 hverdage, nu 7 hverdage" in answer.out
    assert "--yes" in answer.out
    assert "6 hverdage" in lies.read_text("utf-8")
    answer = dubu("frister", "install", str(file), "--yes", *config)
    assert answer.status == 0, answer.err
    assert "7 hverdage" in lies.read_text("utf-8")
    assert "6 hverdage" in (lies.parent / "fjernet" / file.name).read_text("utf-8")


def test_a_change_that_leaves_out_the_row_deadlines_run_under_is_refused(
    dubu: Run, config: list[str], installation: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dubu("frister", "install", str(file), *config)
    monkeypatch.setattr(rule_use, "in_use", lambda connection, rule: 3)
    told = file.read_text("utf-8")
    later = told.replace("in_force_from = 2024-01-01", "in_force_from = 2026-12-01")
    assert later != told
    file.write_text(later, encoding="utf-8")
    for command in ("check", "install"):
        answer = dubu("frister", command, str(file), *config)
        assert answer.status == 1
        assert "mangler den række af VORES-1" in answer.err
    assert (installation / "regler" / file.name).read_text("utf-8") == told


def test_a_file_spoilt_by_hand_is_mended_by_one_of_its_name(
    dubu: Run, config: list[str], installation: Path, file: Path
) -> None:
    dubu("frister", "install", str(file), *config)
    (installation / "regler" / file.name).write_text("[[frist]", encoding="utf-8")
    assert dubu("frister", "install", str(file), *config).status == 0
    assert listed(dubu, config) == ["VORES-1"]


def test_a_rule_a_deadline_has_is_not_taken_out(
    dubu: Run, config: list[str], installation: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dubu("frister", "install", str(file), *config)
    monkeypatch.setattr(rule_use, "in_use", lambda connection, rule: 3)
    answer = dubu("frister", "remove", "vores_frister.toml", *config)
    assert answer.status == 1
    assert 'off = ["VORES-1"]' in answer.err
    assert (installation / "regler" / file.name).is_file()


def test_what_is_delivered_is_not_taken_out(dubu: Run, config: list[str]) -> None:
    answer = dubu("frister", "remove", "underretning.toml", *config)
    assert answer.status == 1
    assert "følger med" in answer.err


def test_a_file_spoilt_by_hand_is_left_out_told_and_can_be_taken_out(
    dubu: Run, config: list[str], installation: Path, file: Path
) -> None:
    dubu("frister", "install", str(file), *config)
    sound = file.with_name("andre_frister.toml")
    sound.write_text(WHOLE.replace("TEST-1", "VORES-2"), encoding="utf-8")
    dubu("frister", "install", str(sound), *config)
    (installation / "regler" / file.name).write_text("[[frist]", encoding="utf-8")
    answer = dubu("frister", "on", "2026-11-22", *config)
    assert answer.status == 0
    assert "vores_frister.toml, linje 1" in answer.err
    assert listed(dubu, config) == ["VORES-2"]
    assert app.build(Settings.found(Path(config[1]))).store.rules.newest("VORES-2")
    part = findings(dubu("check", "--json", *config))["egne filer"]
    assert not part["ok"]
    assert "vores_frister.toml, linje 1" in part["detail"]
    files = dubu("frister", "files", *config)
    assert files.status == 0
    assert "KAN IKKE BRUGES" in files.out
    assert dubu("frister", "check", str(sound), *config).status == 0
    answer = dubu("frister", "remove", file.name, *config)
    assert answer.status == 0, answer.err
    assert findings(dubu("check", "--json", *config))["egne filer"]["ok"]


def test_a_code_dubu_toml_switches_in_a_file_left_out_stops_nothing(
    dubu: Run, config: list[str], installation: Path, file: Path
) -> None:
    dubu("frister", "install", str(file), *config)
    settings = installation / "dubu.toml"
    told = settings.read_text(encoding="utf-8")
    settings.write_text(f'{told}\n[frister]\noff = ["VORES-1"]\n', encoding="utf-8")
    (installation / "regler" / file.name).write_text("[[frist]", encoding="utf-8")
    assert dubu("frister", "files", *config).status == 0
    assert app.build(Settings.found(settings)).left_out


def test_deadlines_are_counted_by_the_version_they_were_opened_under(tmp_path: Path) -> None:
    """The count that keeps a file in asks for the code and the version, and not for more."""
    town = build(tmp_path, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    child = town.person("Alma Testvad", born=date(2016, 12, 3))
    town.underretning("Tekst", child=child, sag=town.sag(child))
    rule = town.product.store.rules.newest("UND-24T")
    assert rule is not None
    with town.product.store.read() as connection:
        assert rule_use.in_use(connection, rule) == 1
        assert rule_use.in_use(connection, replace(rule, in_force_from=date(2020, 1, 1))) == 0
        assert rule_use.in_use(connection, replace(rule, code="VORES-1")) == 0
    town.product.store.close()


def test_a_file_that_was_never_in_use_is_taken_out_though_ours_has_deadlines_of_its_code(
    dubu: Run, config: list[str], installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies in the folder by hand, and nothing it says is in force."""
    own = installation / "regler"
    own.mkdir(exist_ok=True)
    (own / "haand.toml").write_text(WHOLE.replace("TEST-1", "UND-KVIT"), encoding="utf-8")
    monkeypatch.setattr(rule_use, "in_use", lambda connection, rule: 7)
    answer = dubu("frister", "remove", "haand", *config)
    assert answer.status == 0, answer.err
    assert not list(own.glob("*.toml"))


def test_what_can_happen_is_listed_as_a_rule_file_names_it(dubu: Run) -> None:
    answer = dubu("frister", "haendelser", "underretning")
    assert "underretning_modtaget: " in answer.out
    assert "moede_holdt" not in answer.out
    whole = json.loads(dubu("frister", "haendelser", "--json").out)
    assert set(whole) == set(Haendelse)
    nothing = dubu("frister", "haendelser", "mars")
    assert (nothing.status, "Se dem alle" in nothing.err) == (1, True)
