"""``dubu frister compliance``: the sums of a quarter, and no person but to who leads them."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
import sqlalchemy as sa

from dubu_plugin import app
from dubu_plugin.store.tables import frister, read_log
from dubu_plugin.testing import town as towns
from dubu_plugin.testing.fake_ports import FIE, HENRIK, KAREN, METTE
from dubu_plugin.testing.town import Town

Run = Callable[..., Any]

NOW = datetime(2026, 5, 4, 12, 5, tzinfo=UTC)
DUE = datetime(2026, 4, 20, 21, 59, 59, tzinfo=UTC)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Five deadlines of three in Modtagelsen, one of them late, and one alone in Nord."""
    town = towns.build(tmp_path, NOW)
    (tmp_path / "dubu.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(app, "build", partial(app.build, clock=lambda: town.now))
    sag = town.sag(town.person("Alma Testvad"), number="27.24.00-G01-7-26")
    for who, unit, days in (
        (KAREN, "modtagelse", -10), (KAREN, "modtagelse", -5), (METTE, "modtagelse", -1),
        ("birte", "modtagelse", -2), ("birte", "modtagelse", 3), ("anders", "nord", -1),
    ):  # fmt: skip
        town.insert(
            frister, id=uuid4(), rule="BFU-4M", rule_version=date(2024, 1, 1), sag_id=sag,
            anchor_id=uuid4(), anchor_at=DUE - timedelta(days=120), due=DUE, state="opfyldt",
            ended_at=DUE + timedelta(days=days), profile="hverdag_duty", responsible=who,
            unit=unit, bundle=f"x:{uuid4()}",
        )  # fmt: skip
    return town


def told(dubu: Run, *words: str) -> dict[str, Any]:
    answer = dubu("frister", "compliance", *words, "--json")
    assert answer.status == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def test_the_sums_of_a_quarter_as_json(dubu: Run, town: Town) -> None:
    found = told(dubu, "--quarter", "2026Q2")
    assert found["quarter"] == "2026Q2"
    assert found["rules"] == [
        {
            "rule": "BFU-4M",
            "title": "Børnefaglig undersøgelse",
            "law": "BL § 20 stk. 3",
            "total": 6,
            "kept": 5,
            "late": 1,
            "overdue": 0,
            "lapsed": 0,
            "share": 0.8333,
            "year_before": None,
            "median": 118.5,
            "p95": 123.0,
            "put_off": 0,
            "measure": "dage",
        }
    ]
    assert [one["rule"] for one in found["barometer"]] == [
        "UND-24T", "UND-KVIT", "BFU-4M", "PLAN-3M", "OPF-1", "BARN-INDD",
    ]  # fmt: skip


def test_without_a_quarter_it_is_the_one_that_runs(dubu: Run, town: Town) -> None:
    assert told(dubu)["quarter"] == "2026Q2"
    assert told(dubu, "--quarter", "2026Q1")["rules"] == []


def test_who_runs_the_machine_sees_no_person_and_no_small_number(dubu: Run, town: Town) -> None:
    found = told(dubu)
    assert found["persons"] == []
    assert {one["unit"]: one["total"] for one in found["units"]} == {
        "modtagelse": None,
        "nord": None,
    }, "one would give the other away"


def test_a_leader_sees_their_caseworkers(dubu: Run, town: Town) -> None:
    found = told(dubu, "--user", HENRIK)
    assert {one["employee"]: one["total"] for one in found["persons"]} == {
        "anders": 1, "birte": 2, "karen": 2, "mette": 1,
    }  # fmt: skip


def test_one_unit_alone(dubu: Run, town: Town) -> None:
    found = told(dubu, "--unit", "modtagelse")
    assert [(one["rule"], one["total"], one["late"]) for one in found["rules"]] == [
        ("BFU-4M", 5, 1)
    ]


def test_people_read_the_same_in_tables(dubu: Run, town: Town) -> None:
    said = dubu("frister", "compliance", "--user", HENRIK).out
    assert "Børnefaglig undersøgelse" in said
    assert "83 %" in said
    assert "Mette Testgaard" in said


def test_a_workbook_is_written(dubu: Run, town: Town, tmp_path: Path) -> None:
    answer = dubu("frister", "compliance", "--excel", "tal.xlsx")
    assert answer.status == 0, answer.err
    assert openpyxl.load_workbook(tmp_path / "tal.xlsx").sheetnames == [
        "Landets tal", "Regler", "Enheder",
    ]  # fmt: skip
    dubu("frister", "compliance", "--excel", "leder.xlsx", "--user", HENRIK)
    assert openpyxl.load_workbook(tmp_path / "leder.xlsx")["Frister"].max_row == 7


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--quarter", "2026Q7"), "2026Q2"),
        (("--unit", "findes-ikke"), "findes-ikke"),
        (("--user", "ingen"), "ingen medarbejder"),
        (("--user", FIE), "må ikke se"),
        (("--user", KAREN, "--unit", "nord"), "kan ikke ses"),
        (("--user", KAREN, "--excel", "x.xlsx"), "udtræk"),
        (("--json", "--excel", "x.xlsx"), "enten"),
    ],
)
def test_wrong_use_is_said(dubu: Run, town: Town, words: tuple[str, ...], said: str) -> None:
    answer = dubu("frister", "compliance", *words)
    assert answer.status == 2
    assert said in " ".join(answer.err.replace("│", " ").split())


def test_what_is_taken_out_is_logged(dubu: Run, town: Town) -> None:
    told(dubu, "--unit", "modtagelse", "--user", HENRIK)
    with town.product.store.read() as connection:
        row = connection.execute(sa.select(read_log)).one()
    assert (row.employee, row.act, row.subject_kind, row.subject_id, row.why, row.detail) == (
        "system", "udtraek", "overholdelse", "modtagelse", "drift:kommandolinje", "2026Q2 henrik",
    )  # fmt: skip
