"""``dubu frister list``: what is due for somebody, by whom and how soon."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin import app
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.tables import employees, read_log
from dubu_plugin.testing import town as towns
from dubu_plugin.testing.fake_ports import ANDERS, KAREN, METTE
from dubu_plugin.testing.town import Town

Run = Callable[..., Any]

MONDAY = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    town = towns.build(tmp_path, MONDAY)
    (tmp_path / "dubu.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(app, "build", partial(app.build, clock=lambda: town.now))
    return town


def due(dubu: Run, user: str) -> list[dict[str, Any]]:
    answer = dubu("frister", "list", "--user", user, "--json")
    assert answer.status == 0, answer.err
    found: list[dict[str, Any]] = json.loads(answer.out)
    return found


def test_a_child_has_one_line_with_its_first_date(dubu: Run, town: Town) -> None:
    alma = town.person("Alma Testvad")
    sag = town.sag(alma, number="27.24.00-G01-7-26")
    town.underretning("…", child=alma, sag=sag, responsible=KAREN)
    assert due(dubu, KAREN) == [
        {
            "case": "27.24.00-G01-7-26",
            "child": "Alma Testvad",
            "rule": "UND-24T",
            "title": "24-timers vurdering",
            "due": "2026-03-03T13:05:00+01:00",
            "group": "snart",
            "responsible": "karen",
            "more": ["UND-KVIT"],
        }
    ]


def test_the_groups_follow_the_clock(dubu: Run, town: Town) -> None:
    town.underretning("…", child=town.person("Alma Testvad"), responsible=KAREN)
    groups = []
    for wait in (timedelta(), timedelta(hours=20), timedelta(hours=6)):
        town.now += wait
        groups += [line["group"] for line in due(dubu, KAREN)]
    assert groups == ["snart", "i_dag", "overskredet"]


def test_what_falls_due_in_the_weekend_is_for_friday(dubu: Run, town: Town) -> None:
    town.now = datetime(2026, 3, 6, 13, tzinfo=UTC)
    town.underretning("…", child=town.person("Alma Testvad"), responsible=KAREN)
    (line,) = due(dubu, KAREN)
    assert (line["due"], line["group"]) == ("2026-03-07T14:00:00+01:00", "i_dag")


def test_what_nobody_has_taken_is_on_everybodys_list_in_the_unit(dubu: Run, town: Town) -> None:
    town.underretning("…", unit="modtagelse")
    for user in (KAREN, METTE):
        (line,) = due(dubu, user)
        assert (line["child"], line["case"], line["responsible"]) == (None, None, None)
    assert due(dubu, ANDERS) == []


def test_each_that_nobody_has_taken_is_a_line_with_its_rule(dubu: Run, town: Town) -> None:
    alma = town.person("Alma Testvad")
    sag = town.sag(alma, number="27.24.00-G01-7-26", responsible=None)
    town.underretning("…", child=alma, sag=sag)
    town.now -= timedelta(hours=2)
    town.underretning("…", child=town.person("Viggo Testvad"))
    town.now += timedelta(hours=2)
    rows = [(one["child"], one["rule"], one["responsible"]) for one in due(dubu, KAREN)]
    assert rows == [
        ("Viggo Testvad", "UND-24T", None),
        ("Alma Testvad", "UND-24T", None),
    ]
    assert [one["case"] for one in due(dubu, KAREN)] == [None, "27.24.00-G01-7-26"]


def test_what_a_colleague_has_is_not_on_my_list(dubu: Run, town: Town) -> None:
    town.underretning("…", responsible=METTE, unit="modtagelse")
    assert due(dubu, KAREN) == []


def test_own_family_is_on_no_list(dubu: Run, town: Town) -> None:
    alma = town.person("Alma Testvad")
    town.block(KAREN, alma)
    town.underretning("…", child=alma, unit="modtagelse")
    assert due(dubu, KAREN) == []
    assert len(due(dubu, METTE)) == 1


def test_a_duty_without_a_date_is_soon_and_comes_last(dubu: Run, town: Town) -> None:
    for name in ("Alma Testvad", "Viggo Testvad"):
        number = town.underretning("…", child=town.person(name), responsible=KAREN)
        if name.startswith("Alma"):
            town.assess(number, at=town.now)
            town.happened(Haendelse.KVITTERING_SENDT, underretning=number)
    assert [(line["rule"], line["due"] is None, line["group"]) for line in due(dubu, KAREN)] == [
        ("UND-24T", False, "snart"),
        ("SCR", True, "snart"),
    ]


def test_a_list_for_people_has_the_same_lines(dubu: Run, town: Town) -> None:
    town.underretning("…", child=town.person("Alma Testvad"), responsible=KAREN)
    told = dubu("frister", "list", "--user", KAREN).out
    assert "A.T." in told
    assert "Alma" not in told
    assert "24-timers vurdering" in told


def test_a_list_fits_80_columns(dubu: Run, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    alma = town.person("Alma Testvad")
    sag = town.sag(alma, number="27.24.00-G01-7-26")
    town.underretning("…", child=alma, sag=sag, responsible=KAREN)
    town.underretning("…", unit="modtagelse")
    monkeypatch.setenv("COLUMNS", "80")
    told = dubu("frister", "list", "--user", KAREN).out
    assert max(map(len, told.splitlines())) <= 80
    assert "tirsdag 3. marts 2026 kl. 13.05 · A.T. · 27.24.00-G01-7-26 · karen" in told
    assert "barn ikke fundet endnu" in told
    assert "Alma" not in told


def test_an_empty_list_is_said(dubu: Run, town: Town) -> None:
    assert "ikke noget, der skal nås" in dubu("frister", "list", "--user", KAREN).out


def test_a_list_can_be_asked_for_by_login(dubu: Run, town: Town) -> None:
    town.insert(
        employees, key="41", login="zenia", name="Zenia Demodal", unit="nord",
        roles="sagsbehandler", active=True, seen_at=MONDAY,
    )  # fmt: skip
    town.underretning("…", responsible="41", unit="nord")
    assert [line["responsible"] for line in due(dubu, "zenia")] == ["41"]


def test_a_printed_list_is_logged(dubu: Run, town: Town) -> None:
    due(dubu, KAREN)
    with town.product.store.read() as connection:
        row = connection.execute(sa.select(read_log)).one()
    assert (row.employee, row.act, row.subject_id) == ("system", "udtraek", KAREN)


def test_somebody_nobody_knows_has_no_list(dubu: Run, town: Town) -> None:
    answer = dubu("frister", "list", "--user", "ingen")
    assert answer.status == 2
    assert "»ingen«" in answer.err
