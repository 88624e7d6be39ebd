"""The mail port is killed again and again, and every mail that was answered 250 is there, once."""

import os
import random
import select
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dubu_journal import post_box
from dubu_journal.host import Host

from .conftest import Talk

KILLS = 50
LINES = 2
"""How many senders speak at the same time."""

# Forks a server for every line it reads, so that none has to start Python anew, and says its number
# and port. It dies with the test, when its input ends.
SERVERS = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from dubu_journal.host import Host
from dubu_journal.post.arrivals import Arrivals
from dubu_journal.post.listener import Listener, Port
from dubu_journal.post.smtp import MailRoom

def serve(folder):
    host = Host.at(folder / "journal.sqlite", folder / "filer")
    arrivals = Arrivals(host, lambda: datetime.now(UTC), largest=10_000_000)
    listener = Listener(MailRoom(arrivals.mail, largest=10_000_000), [Port("127.0.0.1", 0)])
    listener.start()
    print(os.getpid(), listener.addresses[0][1], flush=True)
    signal.pause()

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    if os.fork() == 0:
        serve(Path(sys.argv[1]))
"""


class Servers:
    """Starts servers one after the other."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVERS, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.pid = self.port = 0

    def start(self) -> None:
        """Start one, and remember its number and port."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.pid, self.port = map(int, self._process.stdout.readline().split())

    def kill(self) -> None:
        """End the one that runs, as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> None:
        """End whoever starts them, and what is left of those started."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    Host.made(folder / "journal.sqlite", folder / "filer").database.close()
    made = Servers(folder)
    try:
        yield made
    finally:
        made.end()


def mail(number: int, chance: random.Random) -> bytes:
    size = chance.choice((0, 100, 5_000, 400_000))
    head = f"Subject: Mail {number}\r\nMessage-ID: <{number}@test.example>\r\n\r\n".encode()
    return head + (b"x" * 70 + b"\r\n") * (size // 72) + b"Slut\r\n"


class Sender:
    """Sends one mail at a time, and sends it again until it is answered 250."""

    def __init__(self, name: int, chance: random.Random) -> None:
        self._chance = chance
        self._next = name
        self._talk: Talk | None = None
        self.mail = b""
        self.answered: list[bytes] = []
        self.fresh()

    def fresh(self) -> None:
        """Write the next mail."""
        self.mail = mail(self._next, self._chance)
        self._next += LINES

    def send(self, port: int, upto: float) -> None:
        """Send the mail, or only so much of it, without waiting to hear that it is stored."""
        self._talk = Talk(socket.create_connection(("127.0.0.1", port), timeout=30))
        self._talk.begin()
        whole = self.mail + b".\r\n"
        self._talk.line.sendall(whole[: round(len(whole) * upto)])

    def hear(self, patience: float) -> None:
        """Wait a moment for the answer; where it is 250, the mail is the server's."""
        assert self._talk is not None
        ready, _, _ = select.select([self._talk.line], [], [], patience)
        answer = self._heard() if ready else ""
        self._talk.line.close()
        if answer.startswith("250"):
            self.answered.append(self.mail)
            self.fresh()

    def _heard(self) -> str:
        assert self._talk is not None
        try:
            return self._talk.answer()
        except OSError:
            return ""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_every_mail_that_was_answered_is_stored_once(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    senders = [Sender(name, chance) for name in range(LINES)]
    with servers(tmp_path) as running:
        for _ in range(KILLS // 2):
            running.start()
            for _ in range(chance.randrange(3)):
                for sender in senders:
                    sender.send(running.port, 1)
                for sender in senders:
                    sender.hear(30)
            for sender in senders:
                sender.send(running.port, chance.choice((1, 1, 1, chance.random())))
            senders[0].hear(chance.choice((0, 0.001, 0.003, 0.01, 0.03)))
            running.kill()
            senders[1].hear(30)
        running.start()
        for sender in senders:
            sender.send(running.port, 1)
            sender.hear(30)
    answered = [mail for sender in senders for mail in sender.answered]
    assert len(answered) > KILLS // 2
    assert Counter(kept(tmp_path)) == Counter(answered)


def kept(folder: Path) -> list[bytes]:
    host = Host.at(folder / "journal.sqlite", folder / "filer")
    with host.database.reading() as connection:
        items = post_box.after(connection, 0, limit=100_000)
    contents = []
    for item in items:
        with host.files.open(item.sha256) as content:
            contents.append(content.read())
    host.database.close()
    return contents
