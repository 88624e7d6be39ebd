"""Killed again and again, anywhere from the door to the journal, intake loses nothing.

Nothing is doubled either.

A child process takes mails in, notes what was acknowledged, has the children found, assesses some,
and delivers what follows, letters included. It is killed at a function call drawn by lot. Whoever
sent a mail that was not acknowledged sends it again, as a mail server does.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from dubu_journal import addresses, users
from dubu_journal import tables as host_tables
from dubu_journal.host import Host
from dubu_plugin import app
from dubu_plugin.settings import Settings
from dubu_plugin.store import chain
from dubu_plugin.store.tables import (
    employees,
    frister,
    haendelser,
    letters,
    outbox,
    post_items,
    sager,
    underretninger,
)
from dubu_plugin.testing.databases import set_up_in

KILLS = int(os.environ.get("DUBU_KILLS", "200"))
SEED = int(os.environ.get("DUBU_SEED", "20260302"))

CHILDREN = (
    ("Alma Testvad", "0312164990"),
    ("Viggo Prøvesen", "0212214991"),
    ("Selma Testkilde", "1409194990"),
    ("Emil Demodal", "2607194991"),
)

NURSERY = '''
"""Have children take mails in and deliver, each killed at a call drawn by lot."""

import gc, json, math, os, random, signal, sys, weakref
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import sqlalchemy as sa

from dubu_plugin import app
from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.domain.underretning import Fare, NaesteSkridt
from dubu_plugin.domain.vurdering import Answers
from dubu_plugin.ports.post import Channel
from dubu_plugin.settings import Settings
from dubu_plugin.store import outbox
from dubu_plugin.store.tables import underretninger
from dubu_plugin.testing import made_post
from dubu_plugin.testing.letter_house import Stamp
from dubu_plugin.usecases.underretning.assess import Assessment, assess
from dubu_plugin.usecases.underretning.receive import Incoming, receive

folder, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
children = json.loads(sys.argv[4])
now = datetime(2026, 3, 2, 10, tzinfo=UTC)
product = app.build(Settings.from_file(folder / "dubu.toml"), clock=lambda: now)
shelf = Path(str(files("dubu_templates")))
product = replace(product, letters=LetterShelf.load([shelf], Stamp()))
KAREN = Asker("karen", frozenset({Role.CASEWORKER}), "modtagelse")
ASSESSMENT = Assessment(
    Answers(Fare.IKKE_AKUT, NaesteSkridt.SCREENING, "Barnet er i skole.", concerns={"3"},
            suspicion=False),
    kvittering=True)
acknowledged = folder / "acknowledged"
acknowledged.touch()
draw = random.Random(seed)
engines = weakref.WeakSet()
sa.event.listen(sa.Engine, "engine_connect", lambda connection: engines.add(connection.engine))
appendix = made_post.word("Et bilag")
mails = []


def mail(number):
    name, cpr = children[number % len(children)]
    some = [("bilag.docx", made_post.WORD, appendix)] if number % 8 == 4 else ()
    hurry = "Haster." if number % 4 == 0 else ""
    return made_post.eml(f"Vi underretter om {name}, CPR {cpr}. Mail {number}. {hurry}",
                         message_id=f"<{number}@skole.example>", attachments=some)


def known():
    return {int(line.split()[0]) for line in acknowledged.read_text().splitlines()}


def work(todo):
    for number in todo:
        incoming = Incoming(mails[number], "mail.eml", Channel.EMAIL, host_key=f"post-{number}")
        receipt = receive(incoming, product=product, actor="system", now=now)
        handle = os.open(acknowledged, os.O_WRONLY | os.O_APPEND)
        os.write(handle, f"{number} {receipt.status.value} {receipt.underretning}\\n".encode())
        os.fsync(handle)
        os.close(handle)
    deliver_once(product, now)
    for number, version in found():
        assess(number, ASSESSMENT, version=version, product=product, asker=KAREN, now=now)
    deliver_once(product, now)


def found():
    """Return those in a hurry whose child is found and that nobody has assessed."""
    about = underretninger.c
    with product.store.read() as connection:
        query = sa.select(about.id, about.version).where(
            about.state == "ny", about.sag_id.is_not(None), about.text.contains("Haster"))
        return [tuple(row) for row in connection.execute(query)]


def die_at(fatal):
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        if event == "call":
            calls += 1
            if calls == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def let_go():
    """Let go of every connection, so that a child shares none with us."""
    for one in engines:
        one.dispose()


def waiting():
    with product.store.read() as connection:
        left = sum(outbox.backlog(connection).values())
    let_go()
    return left


mails.append(mail(0))
work([0])  # here, so that the children begin with what is only learnt once
let_go()
gc.freeze()  # what is there already is not looked through again in every child
died = rounds = 0
while died < kills or len(known()) < len(mails) or waiting() or found():
    let_go()
    rounds += 1
    now += timedelta(minutes=10)
    todo = [number for number in range(len(mails)) if number not in known()]
    if died < kills and len(todo) < 2:
        todo.append(len(mails))
        mails.append(mail(len(mails)))
    fatal = int(math.exp(draw.uniform(math.log(150), math.log(90_000)))) if died < kills else 0
    child = os.fork()
    if child == 0:
        die_at(fatal)
        work(todo)
        os._exit(0)
    died += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
print(json.dumps({"died": died, "rounds": rounds, "mails": len(mails)}))
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    set_up_in(tmp_path)
    now = datetime(2026, 1, 5, tzinfo=UTC)
    host = Host.at(tmp_path / "journal.sqlite", tmp_path / "journal-filer")
    with host.database.writing() as connection:
        users.add_unit(connection, users.Unit("modtagelse", "Modtagelsen"))
        users.add_user(connection, users.User("karen", "karen", "Karen Demotoft", "modtagelse"))
        for name, cpr in CHILDREN:
            addresses.add(connection, addresses.NewContact("person", name, cpr), now)
    host.database.close()
    product = app.build(Settings.from_file(tmp_path / "dubu.toml"))
    with product.store.write(actor="system", now=now) as work:
        work.connection.execute(
            sa.insert(employees).values(
                key="karen", login="karen", name="Karen Demotoft", unit="modtagelse",
                roles="sagsbehandler", active=True, seen_at=now,
            )
        )  # fmt: skip
    product.store.close()
    return tmp_path


@pytest.mark.slow
def test_every_mail_is_there_once_however_often_intake_is_killed(folder: Path) -> None:
    words = [str(folder), str(KILLS), str(SEED), json.dumps(CHILDREN)]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", NURSERY, *words],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    counted = json.loads(done.stdout.splitlines()[-1])
    assert counted["died"] >= KILLS
    mails = counted["mails"]
    assert mails >= 20

    product = app.build(Settings.from_file(folder / "dubu.toml"))
    with product.store.read() as connection:
        assert chain.verify(connection)
        items = connection.execute(sa.select(post_items)).all()
        registered = connection.execute(sa.select(underretninger)).all()
        clocks = Counter(
            connection.scalars(
                sa.select(frister.c.underretning_id).where(frister.c.rule == "UND-24T")
            )
        )
        received = Counter(
            connection.scalars(
                sa.select(haendelser.c.underretning_id).where(
                    haendelser.c.type == "underretning_modtaget"
                )
            )
        )
        states = Counter(connection.scalars(sa.select(outbox.c.state)))
        cases = len(connection.execute(sa.select(sager)).all())
        written = Counter(
            (row.code, row.state) for row in connection.execute(sa.select(letters)).all()
        )
    answers = [line.split() for line in (folder / "acknowledged").read_text().splitlines()]
    for number, _status, underretning in answers:
        assert underretning in {str(row.id) for row in registered}, f"mail {number} was lost"
    assert len(items) == len(registered) == mails
    assert {row.underretning_id for row in items} == {row.id for row in registered}
    assert all(b"Mail" in product.blobs.read(row.sha256) for row in items)
    assert clocks == received == Counter(row.id for row in registered)
    assert {row.child_state for row in registered} == {"fundet"}
    assessed = sum(row.state == "vurderet" for row in registered)
    assert assessed == (mails + 3) // 4
    assert written == {("kvittering", "i_koe"): assessed, ("vurdering", "journaliseret"): assessed}
    assert set(states) == {"udfoert"}
    product.store.close()

    host = Host.at(folder / "journal.sqlite", folder / "journal-filer")
    with host.database.reading() as connection:
        documents = len(connection.execute(sa.select(host_tables.documents)).all())
        notes = len(connection.execute(sa.select(host_tables.notes)).all())
        opened = len(connection.execute(sa.select(host_tables.cases)).all())
    host.database.close()
    filed = mails + 2 * assessed
    assert (documents, notes, opened) == (filed, filed, cases)
    assert cases == len(CHILDREN)
