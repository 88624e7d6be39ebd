"""``dubu deliver`` takes what waits to the journal, once or for as long as it is let."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_journal import users
from dubu_journal.host import Host
from dubu_plugin.domain.danish import clock
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.database import Store
from dubu_plugin.store.keys import sag_lane
from dubu_plugin.store.tables import outbox, personer, sager

Run = Callable[..., Any]

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


def store_of(installation: Path) -> Store:
    return Store.connect(f"sqlite:///{installation}/dubu.sqlite", RuleBook(()))


@pytest.fixture
def planned(installation: Path) -> Path:
    """An installation where a case waits to be opened in the journal."""
    host = Host.at(installation / "journal.sqlite", installation / "journal-filer")
    with host.database.writing() as connection:
        users.add_unit(connection, users.Unit("nord", "Nord"))
        users.add_user(connection, users.User("anne", "anne", "Anne Testsen", "nord"))
    child, sag = uuid4(), uuid4()
    store = store_of(installation)
    with store.write(actor="anne", now=NOW) as work:
        work.connection.execute(
            sa.insert(personer).values(id=child, name="Alma Testvad", seen_at=NOW)
        )
        work.connection.execute(
            sa.insert(sager).values(
                id=sag,
                title="Testsag",
                child_id=child,
                area="udsatte_boern",
                step="modtaget",
                phase="active",
                responsible="anne",
                opened_at=NOW,
            )
        )
        work.tell("open_case", lane=sag_lane(sag), key=uuid4(), payload={"sag": str(sag)})
    store.close()
    return installation


def states(installation: Path) -> list[str]:
    store = store_of(installation)
    with store.read() as connection:
        found = list(connection.scalars(sa.select(outbox.c.state)))
    store.close()
    return found


def test_nothing_to_do_is_done(dubu: Run, installation: Path) -> None:
    answer = dubu("deliver", "--once")
    assert (answer.status, answer.out) == (0, "Der var intet at levere.\n")


def test_what_waits_is_delivered(dubu: Run, planned: Path) -> None:
    answer = dubu("deliver", "--once", "--json")
    assert answer.status == 0
    assert json.loads(answer.out)["leveret"] == 1
    assert states(planned) == ["udfoert"]


def test_a_refusal_answers_no(dubu: Run, planned: Path) -> None:
    store = store_of(planned)
    with store.write(actor="anne", now=NOW) as work:
        work.tell("flyv", lane="sag:x", key=uuid4(), payload={})
    store.close()
    answer = dubu("deliver", "--once")
    assert answer.status == 1
    assert "1 afvist" in answer.out


def test_what_was_refused_earlier_answers_no_each_time(dubu: Run, planned: Path) -> None:
    store = store_of(planned)
    with store.write(actor="anne", now=NOW) as work:
        work.tell("flyv", lane="sag:x", key=uuid4(), payload={})
    store.close()
    assert dubu("deliver", "--once").status == 1
    again = dubu("deliver", "--once")
    assert again.status == 1
    assert "Venter på et menneske: flyv" in again.out


def test_what_a_killed_process_holds_is_said_with_until_when(dubu: Run, planned: Path) -> None:
    until = datetime.now(UTC) + timedelta(minutes=5)
    store = store_of(planned)
    with store.write(actor="anne", now=NOW) as work:
        work.connection.execute(sa.update(outbox).values(state="sender", next_try=until))
    store.close()
    answer = dubu("deliver", "--once")
    assert "1 holdes af en anden proces til" in answer.out
    assert clock(until) in answer.out
    assert "intet at levere" not in answer.out
    told = json.loads(dubu("deliver", "--once", "--json").out)
    assert told["holdes"] == 1
    assert datetime.fromisoformat(told["holdes_til"]) == until


def test_a_journal_that_is_not_there_answers_so(dubu: Run, planned: Path) -> None:
    journal = planned / "journal.sqlite"
    journal.rename(planned / "elsewhere.sqlite")
    journal.mkdir()
    answer = dubu("deliver", "--once")
    assert answer.status == 3
    assert "ingen svarede" in answer.out


def test_a_database_without_shape_is_said_so(dubu: Run, tmp_path: Path) -> None:
    (tmp_path / "dubu.toml").write_text("")
    answer = dubu("deliver", "--once")
    assert answer.status == 2
    assert "dubu db upgrade" in answer.err.replace("\n", " ")


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_delivers_until_it_is_asked_to_end(planned: Path, end: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "dubu_plugin", "deliver", "--config", str(planned / "dubu.toml")],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    ) as worker:
        assert worker.stderr is not None
        assert b"Ctrl-C" in worker.stderr.readline()
        while states(planned) != ["udfoert"] and worker.poll() is None:
            threading.Event().wait(0.05)
        worker.send_signal(end)
        assert worker.wait() == 0
