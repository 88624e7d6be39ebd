"""Mail ports that listen on this machine, in front of an empty host."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dubu_journal import post_box
from dubu_journal.host import Host
from dubu_journal.post.arrivals import Arrivals
from dubu_journal.post.listener import Listener, Port
from dubu_journal.post.smtp import MailRoom, Store
from dubu_journal.post_box import Item

from ..conftest import Clock

LARGEST = 300_000


@dataclass
class Talk:
    """A conversation with a mail port, line by line."""

    line: socket.socket
    heard: bytes = b""
    said: list[str] = field(default_factory=list)

    def say(self, *lines: str | bytes) -> str:
        """Say something and return the last whole answer."""
        for line in lines:
            sent = line if isinstance(line, bytes) else line.encode() + b"\r\n"
            self.line.sendall(sent)
        return self.answer()

    def answer(self) -> str:
        """Return the next answer, all its lines."""
        whole: list[str] = []
        while True:
            while b"\r\n" not in self.heard:
                more = self.line.recv(65536)
                if not more:
                    return "\n".join(whole)
                self.heard += more
            first, self.heard = self.heard.split(b"\r\n", 1)
            whole.append(first.decode())
            if first[3:4] != b"-":
                return "\n".join(whole)

    def begin(self, hello: str = "EHLO test") -> None:
        """Greet, and say whom a mail is from and for."""
        self.answer()
        assert self.say(hello).startswith("250")
        assert self.say("MAIL FROM:<skole@skole.example>").startswith("250")
        assert self.say("RCPT TO:<modtagelsen@proevestrup.example>").startswith("250")
        assert self.say("DATA").startswith("354")


Open = Callable[..., Talk]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """An empty host."""
    made = Host.made(tmp_path / "journal.sqlite", tmp_path / "filer")
    yield made
    made.database.close()


@pytest.fixture
def arrivals(host: Host, clock: Clock) -> Arrivals:
    """Where what comes in is stored."""
    return Arrivals(host, clock, largest=LARGEST)


Stored = Callable[[], list[Item]]


@pytest.fixture
def stored(host: Host) -> Stored:
    """Return what is in the post box."""

    def all_() -> list[Item]:
        with host.database.reading() as connection:
            return post_box.after(connection, 0, limit=1000)

    return all_


Listen = Callable[[Store], Open]


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Return what opens a conversation with mail ports that store by a function of the test's."""
    listeners: list[Listener] = []
    lines: list[socket.socket] = []

    def start(store: Store) -> Open:
        ports = [Port("127.0.0.1", 0), Port("127.0.0.1", 0, local=True)]
        listener = Listener(MailRoom(store, largest=LARGEST), ports)
        listener.start()
        listeners.append(listener)

        def open_(*, local: bool = False) -> Talk:
            line = socket.create_connection(listener.addresses[int(local)], timeout=30)
            lines.append(line)
            return Talk(line)

        return open_

    yield start
    for line in lines:
        line.close()
    for listener in listeners:
        listener.stop()


@pytest.fixture
def open_(arrivals: Arrivals, listen: Listen) -> Open:
    """Return a conversation with the real ports."""
    return listen(arrivals.mail)
