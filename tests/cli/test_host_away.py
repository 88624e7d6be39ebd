"""The journal is away for an hour: what comes in is taken in, answered at once, and filed later."""

import json
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_journal import addresses, users
from dubu_journal import tables as host_tables
from dubu_journal.host import Host
from dubu_plugin import app
from dubu_plugin.domain.access import Role
from dubu_plugin.settings import Settings
from dubu_plugin.store.tables import employees, outbox, underretninger, units
from dubu_plugin.testing import made_post
from tests.cli.test_intake import LONG_AGO, TEXT

Run = Callable[..., Any]


@pytest.fixture
def town(installation: Path) -> Path:
    """An installation with somebody in it, and a child in the address book; a mail lies beside."""
    with _host(installation) as host, host.database.writing() as connection:
        users.add_unit(connection, users.Unit("modtagelse", "Modtagelsen"))
        users.add_user(connection, users.User("karen", "karen", "Karen Demotoft", "modtagelse"))
        child = addresses.NewContact("person", "Alma Testvad", "0312164990")
        addresses.add(connection, child, LONG_AGO)
    product = app.build(Settings.from_file(installation / "dubu.toml"))
    with product.store.write(actor="system", now=LONG_AGO) as work:
        work.connection.execute(sa.insert(units).values(key="modtagelse", title="Modtagelsen"))
        work.connection.execute(
            sa.insert(employees).values(
                key="karen", login="karen", name="Karen Demotoft", unit="modtagelse",
                roles=Role.CASEWORKER, active=True, seen_at=LONG_AGO,
            )
        )  # fmt: skip
    product.store.close()
    (installation / "a.eml").write_bytes(made_post.eml(TEXT))
    return installation


@contextmanager
def _host(folder: Path) -> Iterator[Host]:
    host = Host.at(folder / "journal.sqlite", folder / "journal-filer")
    yield host
    host.database.close()


@contextmanager
def _without(folder: Path, part: str, *, mounted: bool = False) -> Iterator[None]:
    """Take a part of the journal away for a while; `mounted` leaves an empty folder behind."""
    away = folder / "vaek"
    away.mkdir()
    for one in folder.glob(f"{part}*"):
        one.rename(away / one.name)
    if mounted:
        (folder / part).mkdir()
    yield
    if mounted:
        (folder / part).rmdir()
    for one in away.iterdir():
        one.rename(folder / one.name)


def _filed(folder: Path) -> list[str]:
    with _host(folder) as host, host.database.reading() as connection:
        return list(connection.scalars(sa.select(host_tables.documents.c.title)))


def _kept(folder: Path, what: sa.ColumnElement[Any]) -> list[Any]:
    engine = sa.create_engine(f"sqlite:///{folder}/dubu.sqlite")
    with engine.connect() as connection:
        found = list(connection.scalars(sa.select(what)))
    engine.dispose()
    return found


@pytest.mark.parametrize(
    ("part", "mounted"),
    [("journal.sqlite", False), ("journal-filer", False), ("journal-filer", True)],
)
def test_what_comes_while_the_journal_is_gone_is_kept_and_filed_once(
    dubu: Run, town: Path, part: str, mounted: bool
) -> None:
    with _without(town, part, mounted=mounted):
        answer = dubu("intake", "a.eml", "--json")
        assert answer.status == 0, answer.err
        assert json.loads(answer.out)[0]["status"] == "registered"
        assert len(json.loads(answer.out)[0]["frister"]) == 2
        assert dubu("intake", "a.eml").status == 0, "handed in again by somebody who was not sure"
        assert dubu("deliver", "--once").status in (0, 3)
        assert dubu("check").status == 1, "the check must tell that it is away"
    assert len(_kept(town, underretninger.c.id)) == 1
    _due_now(town)
    while dubu("deliver", "--once", "--json").status == 3:
        _due_now(town)
    assert set(_kept(town, outbox.c.state)) == {"udfoert"}
    assert _filed(town) == ["Underretning fra skolen, 2. marts 2026"]


def _due_now(folder: Path) -> None:
    """Let the hour go by."""
    engine = sa.create_engine(f"sqlite:///{folder}/dubu.sqlite")
    with engine.begin() as connection:
        waits = outbox.c.state.in_(("planlagt", "ukendt"))
        connection.execute(sa.update(outbox).where(waits).values(next_try=LONG_AGO))
    engine.dispose()


def _process(folder: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "dubu_plugin", *words],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def test_the_answer_does_not_wait_for_a_journal_somebody_holds(town: Path) -> None:
    """It would answer after half a minute; the answer comes without it."""
    with closing(sqlite3.connect(town / "journal.sqlite", isolation_level=None)) as holding:
        holding.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        process = _process(town, "intake", "a.eml", "--json")
        out, err = process.communicate(timeout=120)
        took = time.monotonic() - began
    assert process.returncode == 0, err
    assert json.loads(out)[0]["status"] == "registered"
    assert "Journalen svarede ikke i tide. Alt er gemt" in err
    assert "Traceback" not in err
    assert took < 20, "it waited for whoever holds the journal"
    assert len(_kept(town, underretninger.c.id)) == 1


@pytest.mark.parametrize("part", ["journal.sqlite", "journal-filer"])
def test_the_pages_are_served_without_the_journal(town: Path, part: str) -> None:
    with _without(town, part):
        process = _process(town, "serve", "--port", "0")
        try:
            assert process.stderr is not None
            where = next((line for line in process.stderr if line.startswith("Åbn ")), "")
            assert where, "it did not start"
            with urllib.request.urlopen(f"{where[4:].strip()}dubu/metrics", timeout=30) as answer:
                assert answer.status == 200
        finally:
            process.terminate()
            process.communicate(timeout=60)
