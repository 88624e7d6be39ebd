"""The thread that the mail ports live in, with a loop of its own: a large mail slows no page."""

import asyncio
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from dubu_journal.post import smtp
from dubu_journal.post.smtp import LocalSession, MailRoom, Session
from dubu_plugin.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Port:
    """A place to listen."""

    host: str
    number: int
    """0 lets the machine choose."""
    local: bool = False
    """Whether it speaks LMTP."""


class Listener:
    """Listens for mail from `start` to `stop`."""

    def __init__(self, room: MailRoom, ports: Sequence[Port]) -> None:
        self._room = room
        self._ports = ports
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._end = asyncio.Event()
        self.addresses: list[tuple[str, int]] = []
        """Where it listens, in the order of the ports."""

    def start(self) -> None:
        """Listen. When this returns, mail is taken.

        :raises ConfigurationError: a port is taken by somebody else.
        """
        if not self._ports:
            return
        smtp.hush()
        with ExitStack() as held:
            sockets = [held.enter_context(_bound(port)) for port in self._ports]
            held.pop_all()
        self.addresses = [bound.getsockname()[:2] for bound in sockets]
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._listen(sockets, ready)),
            name="journal-mail",
            daemon=True,
        )
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """Take no more mail, and let go of the ports. A message under way is not acknowledged."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join()
            self._thread = self._loop = None

    async def _listen(self, sockets: Sequence[socket.socket], ready: threading.Event) -> None:
        self._loop = loop = asyncio.get_running_loop()
        servers = [
            await loop.create_server(self._session(port, loop), sock=bound)
            for port, bound in zip(self._ports, sockets, strict=True)
        ]
        ready.set()
        await self._end.wait()
        for server in servers:
            server.close()

    def _session(
        self, port: Port, loop: asyncio.AbstractEventLoop
    ) -> Callable[[], asyncio.Protocol]:
        kind: type[Session] = LocalSession if port.local else Session
        return lambda: kind(self._room, loop)


def _bound(port: Port) -> socket.socket:
    family = socket.AF_INET6 if ":" in port.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((port.host, port.number))
    except OSError:
        bound.close()
        raise ConfigurationError(
            f"Der kan ikke lyttes efter post på {port.host}:{port.number}. "
            "Vælg en anden port i [journal] i dubu.toml, eller stop det program, der har den."
        ) from None
    return bound
