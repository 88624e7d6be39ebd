"""`dubu check` says how many open cases nobody is reminded of: a remark, and no failure."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import personer, sager
from tests.cli.checking import findings

Run = Callable[..., Any]

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not start LibreOffice for the question."""
    monkeypatch.setattr(LetterShelf, "converter_version", lambda shelf: "")


def test_cases_nobody_is_reminded_of_are_a_remark_and_no_failure(dubu: Run, staffed: Path) -> None:
    assert findings(dubu("check", "--json"))["sager"]["detail"].startswith("hver åben sag")
    store = Store.connect(f"sqlite:///{staffed}/dubu.sqlite", RuleBook(()))
    child, number = uuid4(), 2
    with store.write(actor="karen", now=NOW) as work:
        person = {"id": child, "name": "Alma Testvad", "seen_at": NOW}
        work.connection.execute(sa.insert(personer).values(person))
        for _ in range(number):
            work.connection.execute(
                sa.insert(sager).values(
                    id=uuid4(), title="x", child_id=child, area="udsatte_boern", step="screening",
                    phase="active", opened_at=NOW,
                )
            )  # fmt: skip
    store.close()
    answer = dubu("check", "--json")
    assert answer.status == 0
    found = findings(answer)["sager"]
    assert found["ok"]
    assert "2 åbne sager har ingen frist" in found["detail"]
