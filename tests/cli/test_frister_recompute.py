"""``dubu frister recompute`` says what it did, and ``dubu check`` says when it is needed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import regler

Run = Callable[..., Any]


def forget(installation: Path, **values: Any) -> None:
    engine = sa.create_engine(f"sqlite:///{installation / 'dubu.sqlite'}")
    with engine.begin() as connection:
        connection.execute(sa.update(regler).where(regler.c.code == "UND-KVIT").values(**values))
    engine.dispose()


def test_it_counts_and_says_so(dubu: Run, installation: Path) -> None:
    first = dubu("frister", "recompute", "--json")
    assert first.status == 0
    report = json.loads(first.out)
    assert "UND-KVIT" in report["rules"]
    assert (report["seen"], report["moved"], report["opened"]) == (0, 0, 0)
    again = dubu("frister", "recompute")
    assert "Ingen regel er ændret" in again.out
    assert "0 åbne frister set efter" in again.out


def test_a_changed_rule_is_named(dubu: Run, installation: Path) -> None:
    dubu("frister", "recompute")
    forget(installation, hash="en anden regel")
    assert "Ændrede regler: UND-KVIT." in dubu("frister", "recompute").out


def test_check_tells_of_rules_that_deadlines_do_not_follow_yet(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "dubu_plugin.documents.shelf.LetterShelf.converter_version", lambda self: "1"
    )
    dubu("frister", "recompute")

    def said() -> Any:
        return next(f for f in json.loads(dubu("check", "--json").out) if f["part"] == "regler")

    assert "ændret" not in said()["detail"]
    forget(installation, hash="en anden regel")
    assert "1 er ændret" in said()["detail"]
    assert "UND-KVIT" in said()["detail"]
    assert said()["ok"]


def test_a_broken_rule_file_is_told_with_its_place(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (installation / "dubu.toml").open("a", encoding="utf-8") as file:
        file.write('\n[frister]\non = ["FINDES-IKKE"]\n')
    answer = dubu("frister", "recompute")
    assert answer.status != 0
    assert "FINDES-IKKE" in answer.err + answer.out


def test_check_tells_what_is_switched_against_the_delivery(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "dubu_plugin.documents.shelf.LetterShelf.converter_version", lambda self: "1"
    )

    def said(line: str) -> str:
        (installation / "dubu.toml").write_text(f"[frister]\n{line}\n", encoding="utf-8")
        found = json.loads(dubu("check", "--json").out)
        part = next(one for one in found if one["part"] == "regler")
        assert part["ok"]
        detail: str = part["detail"]
        return detail

    assert "OBS" not in said('off = ["GDPR-72"]')
    off = said('off = ["GENB-1", "PARTSH"]')
    assert "GENB-1 »Genbehandling i udvalget, 1 år« (BL § 50 stk. 1, 3) er slået fra" in off
    assert "Den handler om fare eller frihed" in off
    assert "PARTSH »Partshøring« (FVL § 19) er slået fra" in off
    assert "når noget gøres for tidligt" in off
    assert "GDPR-72 »Anmeld brud på persondata« (GDPR" in said('on = ["GDPR-72"]')
