"""``dubu planer``: the municipality's own activity plans, put in and taken out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dubu_plugin import app
from dubu_plugin.settings import Settings

Run = Callable[..., Any]

PLAN = """\
[[aktivitet]]
code = "VORES-A"
title = "Ring til skolen"

[[plan]]
code = "VORES-P"
title = "Skoleskift"
about = "Når barnet skifter skole."
bundle = "skole"

[[plan.trin]]
activity = "VORES-A"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "skoleskift.toml"
    file.write_text(PLAN, encoding="utf-8")
    return file


@pytest.fixture
def config(installation: Path) -> list[str]:
    return ["--config", str(installation / "dubu.toml")]


def listed(dubu: Run, config: list[str]) -> list[str]:
    return [one["plan"] for one in json.loads(dubu("planer", "list", "--json", *config).out)]


def test_a_plan_is_put_in_and_taken_out_again(
    dubu: Run, config: list[str], installation: Path, file: Path
) -> None:
    answer = dubu("planer", "check", str(file), *config)
    assert answer.status == 0, answer.err
    assert "VORES-P" not in listed(dubu, config)
    answer = dubu("planer", "install", str(file), *config)
    assert answer.status == 0, answer.err
    assert "startes igen" in answer.out
    assert "VORES-P" in listed(dubu, config)
    assert "VORES-P" in app.build(Settings.found(installation / "dubu.toml")).store.plans.plans
    answer = dubu("planer", "remove", "skoleskift", *config)
    assert answer.status == 0, answer.err
    assert "VORES-P" not in listed(dubu, config)
    aside = installation / "planer" / "fjernet" / "skoleskift.toml"
    assert dubu("planer", "install", str(aside), *config).status == 0
    assert "VORES-P" in listed(dubu, config)


def test_a_plan_that_makes_a_letter_there_is_not_is_kept_out(
    dubu: Run, config: list[str], installation: Path, file: Path
) -> None:
    file.write_text(f'{PLAN}letter = "maanen"\n', encoding="utf-8")
    answer = dubu("planer", "install", str(file), *config)
    assert answer.status == 2
    assert "maanen" in answer.err
    assert not (installation / "planer").exists()


def test_a_slip_is_told_with_file_and_line(dubu: Run, config: list[str], file: Path) -> None:
    file.write_text(PLAN.replace('activity = "VORES-A"', 'activity = "MARS"'), encoding="utf-8")
    answer = dubu("planer", "check", str(file), *config)
    assert answer.status == 2
    assert "skoleskift.toml, linje 11" in answer.err


def test_a_file_without_plans_is_refused(dubu: Run, config: list[str], file: Path) -> None:
    file.write_text("", encoding="utf-8")
    answer = dubu("planer", "install", str(file), *config)
    assert answer.status == 2
    assert "ingen [[plan]]" in answer.err


def test_what_another_of_ones_own_plans_needs_is_not_taken_out(
    dubu: Run, config: list[str], file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "anden.toml"
    plan = PLAN.split("\n\n", 1)[1].replace("VORES-P", "VORES-Q")
    other.write_text(plan, encoding="utf-8")
    dubu("planer", "install", str(file), *config)
    assert dubu("planer", "install", str(other), *config).status == 0
    answer = dubu("planer", "remove", "skoleskift", *config)
    assert answer.status == 2
    assert "VORES-A står ikke i kataloget" in answer.err
    assert "VORES-P" in listed(dubu, config)


def test_a_plan_spoilt_by_hand_is_left_out_told_and_can_be_taken_out(
    dubu: Run, config: list[str], installation: Path, file: Path
) -> None:
    dubu("planer", "install", str(file), *config)
    settings = Settings.found(installation / "dubu.toml")
    (settings.path(settings.plans) / file.name).write_text("[[plan]", encoding="utf-8")
    answer = dubu("planer", "list", *config)
    assert answer.status == 0
    assert f"{file.name}, linje 1" in answer.err
    assert [one.name for one in app.build(settings).left_out] == [file.name]
    answer = dubu("planer", "remove", file.name, *config)
    assert answer.status == 0, answer.err
    assert not app.build(settings).left_out


def test_a_title_with_brackets_is_listed_as_it_stands(
    dubu: Run, config: list[str], file: Path
) -> None:
    file.write_text(PLAN.replace('"Skoleskift"', '"Skift [/b]"'), encoding="utf-8")
    assert dubu("planer", "install", str(file), *config).status == 0
    answer = dubu("planer", "list", *config)
    assert answer.status == 0, answer.err
    assert "[/b]" in answer.out
