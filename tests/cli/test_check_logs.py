"""``dubu check`` finds what was taken out of the two logs that are only added to."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.access import Act, Decision
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import chain, read_log
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import chain_head, haendelser
from dubu_plugin.store.tables import read_log as log
from dubu_plugin.testing import made_post
from tests.cli.checking import findings

Run = Callable[..., Any]

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not start LibreOffice for every question."""
    monkeypatch.setattr(LetterShelf, "converter_version", lambda shelf: "")


def test_a_chain_cut_back_with_its_head_is_a_no(
    dubu: Run, staffed: Path, installation: Path
) -> None:
    store = Store.connect(f"sqlite:///{installation}/dubu.sqlite", RuleBook(()))
    for _ in range(3):
        with store.write(actor="karen", now=NOW) as work:
            work.happened(Haendelse.SAG_LUKKET)
    assert dubu("check", "--json").status == 0, "the check itself writes down how far it is"
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER haendelser_no_delete")
        connection.execute(sa.delete(haendelser))
        connection.execute(sa.update(chain_head).values(seq=0, hash=chain.START))
        connection.exec_driver_sql(
            "CREATE TRIGGER haendelser_no_delete BEFORE DELETE ON haendelser "
            "BEGIN SELECT RAISE(ABORT, 'nej'); END"
        )
    store.close()
    answer = dubu("check", "--json")
    assert answer.status == 1
    assert "hændelse nr. 3" in findings(answer)["hændelser"]["detail"]


def test_a_line_of_the_read_log_that_was_removed_is_a_no(
    dubu: Run, staffed: Path, installation: Path
) -> None:
    store = Store.connect(f"sqlite:///{installation}/dubu.sqlite", RuleBook(()))
    with store.add() as connection:
        for who in ("karen", "pia"):
            read_log.add(
                connection,
                at=NOW,
                employee=who,
                act=Act.READ,
                subject_kind="sag",
                subject_id="1",
                decision=Decision(True, "egen_sag"),
            )
    answer = dubu("check", "--json")
    assert answer.status == 0, "the check itself seals what is old enough"
    assert "2 linjer under 1 segl" in findings(answer)["læselog"]["detail"]
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER read_log_no_delete")
        connection.execute(sa.delete(log).where(log.c.employee == "pia"))
    store.close()
    answer = dubu("check", "--json")
    said = findings(answer)
    assert answer.status == 1
    assert "mangler linjer, der er fjernet" in said["læselog"]["detail"]
    assert "read_log_no_delete" in said["tabeller"]["detail"]


def test_an_assessment_that_is_gone_though_its_haendelse_stands_is_a_no(
    dubu: Run, installation: Path
) -> None:
    (installation / "a.eml").write_bytes(made_post.eml())
    number = json.loads(dubu("intake", "a.eml", "--json").out)[0]["underretning"]
    assert "0 vurderinger passer" in findings(dubu("check", "--json"))["vurderinger"]["detail"]
    store = Store.connect(f"sqlite:///{installation}/dubu.sqlite", RuleBook(()))
    with store.write(actor="karen", now=NOW) as work:
        work.happened(
            Haendelse.UNDERRETNING_VURDERET,
            underretning=UUID(number),
            data={"version": 1, "aftryk": "f" * 64},
        )
    store.close()
    answer = dubu("check", "--json")
    assert answer.status == 1
    said = findings(answer)["vurderinger"]
    assert not said["ok"]
    assert f"underretning {number}, version 1, er fjernet" in said["detail"]
