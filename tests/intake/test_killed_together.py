"""Killed while several mails are stored in one transaction, intake keeps all that it acknowledged.

Four writers wait while somebody else writes, so that their mails share a transaction. The process
is killed just before that transaction is stored, or as soon as one of the four has its answer.
"""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from dubu_plugin import app
from dubu_plugin.settings import Settings
from dubu_plugin.store import chain
from dubu_plugin.store.tables import frister, post_items, underretninger
from dubu_plugin.testing import made_post
from dubu_plugin.testing.databases import set_up_in

CHILD = """
import os, signal, sys, threading, time
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from dubu_plugin import app
from dubu_plugin.ports.post import Channel
from dubu_plugin.settings import Settings
from dubu_plugin.testing import made_post
from dubu_plugin.usecases.underretning.receive import Incoming, receive

folder, when = Path(sys.argv[1]), sys.argv[2]
now = datetime(2026, 3, 2, 10, tzinfo=UTC)
product = app.build(Settings.from_file(folder / "dubu.toml"), clock=lambda: now)
acknowledged = os.open(folder / "acknowledged", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
bilag = (folder / "bilag.docx").read_bytes()


def take_in(number):
    files = [("bilag.docx", made_post.WORD, bilag)] if number == 1 else ()
    mail = made_post.eml(f"Vi er bekymrede. Mail {number}.", message_id=f"<{number}@skole.example>",
                         attachments=files)
    receipt = receive(Incoming(mail, "mail.eml", Channel.EMAIL), product=product, actor="system",
                      now=now)
    os.write(acknowledged, f"{number} {receipt.underretning}\\n".encode())
    os.fsync(acknowledged)
    if when == "answered":
        os.kill(os.getpid(), signal.SIGKILL)


def committing(_connection):
    if when == "storing" and threading.current_thread() is not threading.main_thread():
        os.kill(os.getpid(), signal.SIGKILL)


sa.event.listen(product.store.engine, "commit", committing)
writers = [threading.Thread(target=take_in, args=[number]) for number in range(4)]
with product.store.write(actor="x", now=now):
    for writer in writers:
        writer.start()
    end = time.monotonic() + 60
    while product.store.waiting < 4 and time.monotonic() < end:
        time.sleep(0.001)
    assert product.store.waiting == 4
for writer in writers:
    writer.join()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    # Made once: python-docx gives each a date, and a mail sent again has the same attachment.
    (tmp_path / "bilag.docx").write_bytes(made_post.word("Et bilag"))
    return set_up_in(tmp_path)


def run(folder: Path, when: str) -> int:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHILD, str(folder), when], check=False
    ).returncode


def acknowledged(folder: Path) -> list[str]:
    return [line.split()[1] for line in (folder / "acknowledged").read_text().splitlines()]


def stored(folder: Path) -> set[str]:
    """Return what is registered: each with its clock and its original, on a whole chain."""
    product = app.build(Settings.from_file(folder / "dubu.toml"))
    with product.store.read() as connection:
        assert chain.verify(connection)
        found = set(connection.scalars(sa.select(underretninger.c.id)))
        clocks = sa.select(frister.c.underretning_id).where(frister.c.rule == "UND-24T")
        assert sorted(connection.scalars(clocks)) == sorted(found)
        items = connection.execute(sa.select(post_items)).all()
    assert {item.underretning_id for item in items} == found
    assert all(b"Mail" in product.blobs.read(item.sha256) for item in items)
    product.store.close()
    return {str(key) for key in found}


def test_nothing_was_acknowledged_of_a_transaction_that_was_never_stored(folder: Path) -> None:
    assert run(folder, "storing") == -signal.SIGKILL
    assert acknowledged(folder) == []
    assert stored(folder) == set()


def test_who_got_an_answer_is_there_and_so_are_those_stored_with_it(folder: Path) -> None:
    assert run(folder, "answered") == -signal.SIGKILL
    answers = acknowledged(folder)
    assert answers
    kept = stored(folder)
    assert set(answers) <= kept
    assert len(kept) == 4  # they shared the transaction


def test_whoever_got_no_answer_sends_it_again_and_nothing_is_doubled(folder: Path) -> None:
    for when in ("storing", "answered"):
        assert run(folder, when) == -signal.SIGKILL
    assert run(folder, "to the end") == 0
    kept = stored(folder)
    assert len(kept) == 4
    assert set(acknowledged(folder)) == kept
