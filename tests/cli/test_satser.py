"""``dubu satser``: the rates of a day, and the municipality's own put in and out."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

ROW = """\
[[sats]]
code = "tabt_loft"
title = "Loftet for 2027"
law = "BL § 87, stk. 3"
amount = "39500.00"
unit = "kr_md"
level = 2027
valid_from = 2027-01-01
source = "Ministeriets satser for 2027."
confidence = "sikker"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "satser-2027.toml"
    file.write_text(ROW, encoding="utf-8")
    return file


def on(dubu: Run, day: str) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in json.loads(dubu("satser", "on", day, "--json").out)}


def test_the_rates_of_a_day_say_their_paragraph_and_whether_they_are_looked_over(dubu: Run) -> None:
    answer = dubu("satser", "on", "2026-06-15")
    assert answer.status == 0
    assert "38.380,00 kr. om måneden: Tabt arbejdsfortjeneste, højst" in answer.out
    assert "Ikke efterset: beløbet er regnet ud her" in answer.out
    assert "1.105,00 kr. om måneden" in answer.out
    assert "ældre niveau" in answer.out
    told = on(dubu, "2026-06-15")
    assert told["tabt_loft"]["amount"] == "38380.00"
    assert "merudgift_minimum" not in told


def test_a_day_that_is_none_is_refused(dubu: Run) -> None:
    assert dubu("satser", "on", "i går").status == 2


def test_ones_own_rate_is_put_in_seen_at_once_and_taken_out_again(
    dubu: Run, installation: Path, file: Path
) -> None:
    assert "kan lægges ind" in dubu("satser", "check", str(file)).out
    assert dubu("satser", "add", str(file)).status == 0
    assert dubu("satser", "add", str(file)).status == 0, "once more does no harm"
    assert on(dubu, "2027-02-01")["tabt_loft"]["amount"] == "39500.00"
    assert on(dubu, "2026-12-31")["tabt_loft"]["amount"] == "38380.00"
    [told] = json.loads(dubu("satser", "files", "--json").out)
    assert told["file"] == "satser-2027.toml"
    assert [one["title"] for one in told["rates"]] == ["Loftet for 2027"]
    assert dubu("satser", "remove", "satser-2027").status == 0
    assert on(dubu, "2027-02-01")["tabt_loft"]["amount"] == "38380.00"
    assert dubu("satser", "remove", "satser-2027.toml").status == 1
    assert dubu("satser", "add", str(file)).status == 0, "it can be put in again"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"39500.00"', "39500.00", "anførselstegn"),
        ('"39500.00"', '"39.500,00"', "tal og punktum"),
        ('"39500.00"', '"-1"', "amount"),
        ("tabt_loft", "bilen", "bruges ikke i nogen beregning"),
        ('"kr_md"', '"pct"', "regnes i kr_md"),
        ("level = 2027", "niveau = 2027", "»niveau« kendes ikke"),
        ("2027-01-01\n", "2027-01-01\nvalid_to = 2026-01-01\n", "valid_to ligger før"),
    ],
)
def test_a_slip_is_told_with_the_line_and_nothing_is_put_in(
    dubu: Run, installation: Path, file: Path, old: str, new: str, said: str
) -> None:
    file.write_text(ROW.replace(old, new), encoding="utf-8")
    answer = dubu("satser", "add", str(file))
    assert answer.status == 2
    assert said in answer.err
    assert "linje" in answer.err
    assert json.loads(dubu("satser", "files", "--json").out) == []


def test_the_same_rate_twice_is_refused_and_named(
    dubu: Run, installation: Path, file: Path
) -> None:
    dubu("satser", "add", str(file))
    again = file.with_name("igen.toml")
    again.write_text(ROW.replace("39500", "39600"), encoding="utf-8")
    answer = dubu("satser", "add", str(again))
    assert answer.status == 2
    assert "står der allerede i satser-2027.toml" in answer.err


def test_another_file_of_the_same_name_is_refused(
    dubu: Run, installation: Path, file: Path
) -> None:
    dubu("satser", "add", str(file))
    file.write_text(ROW.replace("39500", "39600"), encoding="utf-8")
    answer = dubu("satser", "add", str(file))
    assert answer.status == 1
    assert "dubu satser remove satser-2027.toml" in answer.err
    assert on(dubu, "2027-02-01")["tabt_loft"]["amount"] == "39500.00"


def test_the_delivered_rates_are_there_without_an_installation(dubu: Run, file: Path) -> None:
    assert on(dubu, "2026-06-15")["tabt_loft"]["amount"] == "38380.00"
    assert dubu("satser", "check", str(file)).status == 0


def test_an_amount_far_from_the_one_before_is_asked_for(
    dubu: Run, installation: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("nej\n"))
    file.write_text(ROW.replace("39500.00", "395000.00"), encoding="utf-8")
    checked = dubu("satser", "check", str(file))
    assert checked.status == 0
    assert "SE EFTER: »Loftet for 2027« var 38.380,00 kr. om måneden" in checked.out
    asked = dubu("satser", "add", str(file))
    assert (asked.status, "Er det rigtigt?" in asked.err) == (1, True)
    assert on(dubu, "2027-02-01")["tabt_loft"]["amount"] == "38380.00"
    assert dubu("satser", "add", str(file), "--yes").status == 0
    assert on(dubu, "2027-02-01")["tabt_loft"]["amount"] == "395000.00"


def test_a_row_of_a_file_is_held_against_the_row_before_it_in_the_file(
    dubu: Run, file: Path
) -> None:
    later = ROW.replace("2027-01-01", "2028-01-01").replace("39500.00", "3950.00")
    file.write_text(f"{later}\n{ROW}", encoding="utf-8")
    out = dubu("satser", "check", str(file)).out
    assert "var 39.500,00 kr. om måneden, og bliver 3.950,00" in out
    assert out.count("SE EFTER") == 1
