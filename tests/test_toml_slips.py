"""What is wrong with a file is said in Danish, with what to write instead."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from dubu_plugin.aktiviteter.planfile import PlanRow, StepRow, TypeRow
from dubu_plugin.frister.rowfile import RowError, reason, rows
from dubu_plugin.frister.rulefile import Row
from dubu_plugin.kataloger.satsfile import SatsRow
from dubu_plugin.metode.methodfile import TABLES
from dubu_plugin.settings import Settings
from dubu_plugin.toml_slips import SYNTAX, UNREADABLE, UNUSABLE, VALUES, instead, not_toml

MODELS = [Row, TypeRow, PlanRow, StepRow, SatsRow, *TABLES.values()]
WRONG: list[Any] = [
    "", " ", "x" * 5000, "æ Ø", "linje\nlinje", "10-2", 0, -1, 10**9, 1.5, True, [], ["x"], [1],
    [[]], {}, {"x": "y"}, {"x": {"y": []}}, date(2026, 1, 1), datetime(2026, 1, 1, 8),  # noqa: DTZ001
]  # fmt: skip
TOLD_APART = {"enum", "value_error"}

SLIPS = [
    "x",
    "x = 1 2",
    "[[frist]\n",
    "[frist\n",
    "længde = 3",
    'x = "a',
    'x = "a\ny = 1',
    "x = [1, 2",
    "x = {a = 1",
    "x = {a = 1, a = 2}",
    "x = 1\nx = 2",
    "[a]\n[a]",
    "x = 1\n[x.y]",
    'x = "\\q"',
    'x = "\\uZZZZ"',
    "x = 2026-02-31",
    "x = ja",
    "x = ",
    "= 3",
    "[=]",
    "a=[1]\n[[a]]",
    'x = "a\x07"',
    "x = 1\x07",
]


@pytest.mark.parametrize("text", SLIPS)
def test_what_the_reader_says_is_said_in_danish(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as slip:
        tomllib.loads(text)
    said = not_toml(slip.value)
    assert said != UNREADABLE
    assert said in [ours for _, ours in SYNTAX]


def test_every_sentence_about_a_line_is_reached() -> None:
    reached = set()
    for text in SLIPS:
        with pytest.raises(tomllib.TOMLDecodeError) as slip:
            tomllib.loads(text)
        reached.add(not_toml(slip.value))
    assert reached == {ours for _, ours in SYNTAX}


def found_wrong(model: type[BaseModel]) -> Iterator[Any]:
    for name in [*model.model_fields, "farve"]:
        for value in WRONG:
            try:
                model.model_validate({name: value})
            except ValidationError as slip:
                yield from slip.errors()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nothing_a_value_can_be_is_told_in_english(model: type[BaseModel]) -> None:
    errors = list(found_wrong(model))
    assert errors
    assert {one["type"] for one in errors} - VALUES.keys() - TOLD_APART == set()
    for one in errors:
        said = reason(one)
        assert UNUSABLE not in said
        assert one["type"] == "value_error" or one["msg"] not in said
        assert not {"should", "Input", "pattern", "String"} & set(said.split()), said


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_a_text_must_look_like_is_said_and_never_a_pattern(model: type[BaseModel]) -> None:
    """A pattern is no sentence: see `dubu_plugin.frister.rowfile.written`."""
    assert "string_pattern_mismatch" not in {one["type"] for one in found_wrong(model)}


class Line(BaseModel):
    """A row with a text and more texts inside."""

    title: str
    inner: list[dict[str, str]] = []


def told(file: Path, text: str) -> RowError:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RowError) as slip:
        list(rows(file, {"a": Line}, RowError))
    return slip.value


@pytest.mark.parametrize("code", ["<b>x</b>", "x</p>", "<!-- x -->", "<script src='y'>"])
def test_a_mark_up_in_a_text_is_refused_where_it_stands(tmp_path: Path, code: str) -> None:
    slip = told(tmp_path / "a.toml", f'[[a]]\ntitle = "x"\n\n[[a]]\ntitle = "{code}"\n')
    assert (slip.line, "»title« har koden »<" in slip.reason) == (5, True)
    inside = told(
        tmp_path / "a.toml", f'[[a]]\ntitle = "x"\n[[a.inner]]\n[[a.inner]]\nd = "{code}"\n'
    )
    assert (inside.line, "»d« har koden" in inside.reason) == (5, True)


def test_a_sign_nobody_sees_is_refused_and_those_of_the_law_are_not(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    assert "ikke kan ses" in told(file, '[[a]]\ntitle = "\\u0007"\n').reason
    file.write_text('[[a]]\ntitle = "§\xa050, < 14 dage & > 3"\n', encoding="utf-8")
    assert len(list(rows(file, {"a": Line}, RowError))) == 1


def test_a_file_with_the_mark_some_editors_put_first_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text('[[a]]\ntitle = "x"\n', encoding="utf-8-sig")
    assert len(list(rows(file, {"a": Line}, RowError))) == 1


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000])
def test_what_no_reader_can_take_is_refused_and_stops_nothing(tmp_path: Path, value: str) -> None:
    assert told(tmp_path / "a.toml", f"[[a]]\ntitle = {value}\n").line >= 1


def test_dubu_toml_says_the_line_and_what_to_write(tmp_path: Path) -> None:
    file = tmp_path / "dubu.toml"
    file.write_text("training = ja\n", encoding="utf-8")
    with pytest.raises(Exception, match="linje 1: værdien kan ikke læses"):
        Settings.from_file(file)


def test_only_what_is_alike_is_suggested() -> None:
    many = [f"{word}_afholdt" for word in "abcdefghijklmnopqrst"] + ["moede_holdt"]
    assert instead(many, "mode_holdt") == "mente du »moede_holdt«?"
    assert instead(many, "noget_andet", "se dem et sted") == "se dem et sted"
    assert instead(many, "moede") == "mente du »moede_holdt«?"
    assert instead(["a", "b"], "noget") == "brug »a« eller »b«"
