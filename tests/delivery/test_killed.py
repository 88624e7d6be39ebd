"""Killed again and again, anywhere, delivery still brings everything to the journal, once."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from dubu_journal import tables as host
from dubu_journal import users
from dubu_journal.host import Host
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import chain
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import haendelser, outbox

KILLS = int(os.environ.get("DUBU_KILLS", "100"))
SEED = int(os.environ.get("DUBU_SEED", "20260302"))

NURSERY = '''
"""Have children deliver, each killed at a function call drawn by lot, until enough have died."""

import json, math, os, random, signal, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import sqlalchemy as sa

from dubu_journal.host import Host
from dubu_journal.journal_port import EmbeddedJournal
from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.plugins import Ports
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.database import Store
from dubu_plugin.store.keys import sag_lane
from dubu_plugin.store.tables import outbox, personer, sager

url, folder, kills, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
draw = random.Random(seed)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def installation():
    return SimpleNamespace(
        store=Store.connect(url, RuleBook(())),
        blobs=Blobs.made(folder / "filer"),
        ports=Ports(EmbeddedJournal(Host.at(folder / "journal.sqlite", folder / "journal")),
                    None, None, None, None),
        settings=None,
        letters=None,
    )


def plan(cases, now):
    it = installation()
    for _ in range(cases):
        child, sag = uuid4(), uuid4()
        with it.store.write(actor="anne", now=now) as work:
            work.connection.execute(sa.insert(personer).values(
                id=child, name="Alma Testvad", seen_at=now))
            work.connection.execute(sa.insert(sager).values(
                id=sag, title=f"Sag {sag}", child_id=child, area="udsatte_boern", step="modtaget",
                phase="active", responsible="anne", opened_at=now))
            def tell(kind, **payload):
                work.tell(kind, lane=sag_lane(sag), key=uuid4(),
                          payload={"sag": str(sag), **payload})
            tell("open_case")
            for number in range(2):
                file = {"sha256": it.blobs.put(f"{sag} {number}".encode()), "name": "brev.txt",
                        "media_type": "text/plain"}
                tell("file_document", title=f"Brev {number} {sag}", direction="in",
                     date="2026-03-02", party=None, files=[file])
            tell("add_note", title=f"Notat {sag}", body="x", occurred_at=now.isoformat())
    it.store.close()


def deliver(now, fatal):
    """Deliver everything, but die at this call of a function."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        if event == "call":
            calls += 1
            if calls == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    it = installation()
    sys.setprofile(count)
    deliver_once(it, now)


def waiting():
    it = installation()
    with it.store.read() as connection:
        query = sa.select(sa.func.count()).where(outbox.c.state != "udfoert")
        number = connection.scalar(query.select_from(outbox))
    it.store.close()
    return number


died = rounds = 0
while died < kills or waiting():
    now = START + timedelta(minutes=10) * rounds
    rounds += 1
    if died < kills and waiting() < 8:
        plan(3, now)
    fatal = int(math.exp(draw.uniform(math.log(100), math.log(60_000)))) if died < kills else 0
    child = os.fork()
    if child == 0:
        deliver(now, fatal)
        os._exit(0)
    died += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
print(json.dumps({"died": died, "rounds": rounds}))
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Host.made(tmp_path / "journal.sqlite", tmp_path / "journal")
    with made.database.writing() as connection:
        users.add_unit(connection, users.Unit("nord", "Børn Nord"))
        users.add_user(connection, users.User("anne", "anne", "Anne Testsen", "nord"))
    made.database.close()
    return tmp_path


def titles(folder: Path, column: sa.ColumnElement[str]) -> Counter[str]:
    database = Host.at(folder / "journal.sqlite", folder / "journal").database
    with database.reading() as connection:
        found = Counter(connection.scalars(sa.select(column)))
    database.close()
    return found


@pytest.mark.slow
def test_every_row_is_delivered_once_however_often_delivery_is_killed(
    url: str, folder: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", NURSERY, url, str(folder), str(KILLS), str(SEED)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    counted = json.loads(done.stdout.splitlines()[-1])
    assert counted["died"] >= KILLS

    store = Store.connect(url, RuleBook(()))
    with store.read() as connection:
        assert chain.verify(connection)
        planned = Counter(connection.scalars(sa.select(outbox.c.kind)))
        recorded = Counter(connection.scalars(sa.select(haendelser.c.type)))
        states = set(connection.scalars(sa.select(outbox.c.state)))
    store.close()
    assert states == {"udfoert"}
    assert recorded == {
        "sag_oprettet": planned["open_case"],
        "dokument_journaliseret": planned["file_document"],
        "notat_journaliseret": planned["add_note"],
    }
    cases = titles(folder, host.cases.c.title)
    documents = titles(folder, host.documents.c.title)
    notes = titles(folder, host.notes.c.title)
    assert cases.total() == planned["open_case"]
    assert documents.total() == planned["file_document"]
    assert notes.total() == planned["file_document"] + planned["add_note"]
    for found in (cases, documents, notes):
        assert max(found.values()) == 1
