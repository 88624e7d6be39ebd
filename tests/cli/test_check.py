"""``dubu check`` asks every part, names who provides it, and answers no where one is silent."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin import app, hookspecs
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.settings import Settings
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import haendelser
from dubu_plugin.testing.fake_journal import FakeJournal

Run = Callable[..., Any]

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
PORTS = {"journal", "personer", "identitet", "post ind", "post ud", "ramme"}


def findings(answer: Any) -> dict[str, dict[str, Any]]:
    return {finding["part"]: finding for finding in json.loads(answer.out)}


def test_every_part_is_named_with_who_provides_it(dubu: Run, installation: Path) -> None:
    answer = dubu("check", "--json")
    found = findings(answer)
    assert answer.status == 0
    assert {finding["ok"] for finding in found.values()} == {True}
    assert set(found) == {"database", "hændelser", "udbakke", "filer", "PDF"} | PORTS
    assert {found[part]["provider"] for part in PORTS} == {"dubu_journal"}
    assert found["database"]["provider"] == "sqlite"
    assert "LibreOffice" in found["PDF"]["detail"]


def test_people_get_a_table(dubu: Run, installation: Path) -> None:
    told = dubu("check").out
    assert "journal" in told
    assert "dubu_journal" in told


def test_a_database_without_shape_is_a_no(dubu: Run, tmp_path: Path) -> None:
    (tmp_path / "dubu.toml").write_text("")
    answer = dubu("check", "--json")
    assert answer.status == 1
    assert "dubu db upgrade" in findings(answer)["database"]["detail"]
    assert findings(answer)["journal"]["ok"]


def test_a_changed_hændelse_is_a_no_with_its_number(dubu: Run, installation: Path) -> None:
    store = Store.connect(f"sqlite:///{installation}/dubu.sqlite", RuleBook(()))
    for _ in range(3):
        with store.write(actor="karen", now=NOW) as work:
            work.happened(Haendelse.SAG_LUKKET)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER haendelser_no_update")
        connection.execute(
            sa.update(haendelser).where(haendelser.c.seq == 2).values(actor="anders")
        )
    store.close()
    answer = dubu("check", "--json")
    assert answer.status == 1
    assert "hændelse nr. 2 er ændret" in findings(answer)["hændelser"]["detail"]


class Silent:
    """A journal that is down, in place of the embedded one."""

    @staticmethod
    @hookspecs.hookimpl
    def provide_journal(settings: Settings) -> FakeJournal:
        journal = FakeJournal()
        journal.down = True
        return journal


def test_a_silent_journal_is_a_no_and_the_rest_is_asked_all_the_same(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installation / "dubu.toml").write_text('journal_system = "fake"\n')
    real = app.build

    def with_silence(settings: Settings) -> app.Product:
        embedded = real(settings.model_copy(update={"journal_system": "journal"}))
        ports = replace(embedded.ports, journal=Silent.provide_journal(settings))
        return replace(embedded, ports=ports)

    monkeypatch.setattr(app, "build", with_silence)
    answer = dubu("check", "--json")
    found = findings(answer)
    assert answer.status == 1
    assert not found["journal"]["ok"]
    assert found["journal"]["detail"] == "Journalen er slukket."
    assert found["personer"]["ok"]


def test_two_providers_of_one_port_stop_the_check(
    dubu: Run, installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "build", partial(app.build, extra=[Silent()]))
    answer = dubu("check")
    assert answer.status == 2
    assert "FakeJournal" in answer.err


def test_files_that_cannot_be_written_are_a_no(dubu: Run, installation: Path) -> None:
    (installation / "filer").write_text("in the way")
    answer = dubu("check", "--json")
    assert answer.status == 1
    assert "kan ikke skrives" in findings(answer)["filer"]["detail"]
