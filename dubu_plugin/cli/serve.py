"""``dubu serve``: the product and the embedded host in one process, until it is asked to end."""

import errno
import gc
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from types import FrameType
from typing import Annotated, Any, Final

import typer
import uvicorn
from starlette.types import ASGIApp

from dubu_plugin import app, plugins
from dubu_plugin.bench.timing import Timed
from dubu_plugin.cli import log
from dubu_plugin.cli.beginning import unswept
from dubu_plugin.cli.danish import complain
from dubu_plugin.cli.disks import naming_the_full_one
from dubu_plugin.cli.frister_rules import rules_of
from dubu_plugin.cli.options import Config
from dubu_plugin.delivery.chores import every_minute
from dubu_plugin.delivery.courtesy import Counted
from dubu_plugin.delivery.worker import Worker
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import Settings
from dubu_plugin.store import schema
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.database import engine_for
from dubu_plugin.usecases.frist.follow_rules import tell_switched
from dubu_plugin.usecases.upkeep import belonging
from dubu_plugin.web import site

PATIENCE: Final = 10
"""How long pages under way may take when we are asked to end, in seconds."""

TURN: Final = 0.001
"""How long a thread keeps the interpreter where another waits, in seconds; Python has 0.005.
A page waits so long after each answer of a database while something else is at work."""

SELDOM: Final = 100
"""So many rounds among the younger objects before the old are gone through too; Python has 10."""

Port = Annotated[int | None, typer.Option(help="Porten; ellers den i dubu.toml.", min=0, max=65535)]


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    whole.command()(serve)


def serve(
    config: Config = None,
    port: Port = None,
    timing: Annotated[
        bool, typer.Option("--timing", help="Skriv i hvert svar, hvad det tog.", hidden=True)
    ] = False,
) -> None:
    """Vis produktet i browseren, indtil der trykkes Ctrl-C.

    Hører journalen med til installationen, kører den i samme proces. Svarer nej (1), hvis siderne
    ikke kan vises.

    Eksempel: dubu serve --config /srv/dubu/dubu.toml --port 8080
    """
    with starting():
        settings = Settings.found(config)
        with naming_the_full_one(settings):
            run(
                settings,
                port,
                when_ready=lambda address: print(
                    f"Åbn {address}\nStop med Ctrl-C.", file=sys.stderr, flush=True
                ),
                timing=timing,
            )


@contextmanager
def starting() -> Iterator[None]:
    """Say why it cannot start, and answer no (1): whoever watches over it need not know more."""
    try:
        yield
    except ConfigurationError as slip:
        complain(f"Siderne kan ikke vises. {slip}")
        raise typer.Exit(1) from None


def run(
    settings: Settings,
    port: int | None,
    *,
    when_ready: Callable[[str], None],
    timing: bool = False,
) -> None:
    """Serve until the process is asked to end; pages under way are finished first.

    :param when_ready: told the address when the first page can be shown.
    :raises ConfigurationError: the port is taken, or the installation is not in order.
    """
    log.to_stderr(logging.INFO)
    with unswept():
        _require_whole(settings)
        tell_switched(rules_of(settings))
        host = settings.web.host
        listening = bound(host, settings.web.port if port is None else port)
        address = f"http://{host}:{listening.getsockname()[1]}/"
        application = _application(settings)
    with closing(listening):
        pages = Timed(application, settings.database_url) if timing else application
        server = _Server(Counted(pages), lambda: when_ready(address))
        server.run([listening])
        # Whether the event loop itself says so depends on how far it had come.
        if server.is_stopped_by_hand:
            raise KeyboardInterrupt


def _require_whole(settings: Settings) -> None:
    engine = engine_for(settings.database_url)
    try:
        schema.require_newest(engine)
        keeper = plugins.upkeep(plugins.build(), settings)
        belonging.require(settings, engine, Blobs(settings.path(settings.files)), keeper)
    finally:
        engine.dispose()


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    :raises ConfigurationError: it cannot be had. Said here, because the web server would only log.
    """
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(kind, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as no:
        listening.close()
        taken = no.errno == errno.EADDRINUSE
        why = "er optaget af et andet program" if taken else f"kan ikke bruges ({no.strerror})"
        raise ConfigurationError(
            f"Port {port} på {host} {why}. Vælg en anden med --port, fx --port {_near(port)}."
        ) from None
    return listening


def _near(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8080


def _application(settings: Settings) -> ASGIApp:
    """Return the host's client with our pages in it, or our pages alone."""
    client = plugins.host_web(plugins.build(), settings)
    if client is not None:
        return client.asgi()
    product = app.build(settings)
    return _Working(site.asgi(product), Worker(product, chores=partial(every_minute, product)))


class _Working:
    """Our pages where no host runs in the process: the worker is ours to start and stop."""

    def __init__(self, pages: ASGIApp, worker: Worker) -> None:
        self._pages = pages
        self._worker = worker

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await self._pages(scope, receive, send)
            return
        await receive()
        self._worker.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._worker.stop()
        await send({"type": "lifespan.shutdown.complete"})


def settle() -> None:
    """Have the memory of what was started left alone, and pages wait less for what is beside them.

    Looking for rings of objects nobody holds goes through all there are, and stops every page for a
    fifth of a second. What the program itself is made of never becomes such a ring.
    """
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, SELDOM)
    sys.setswitchinterval(TURN)


class _Server(uvicorn.Server):
    """The web server, which says when it is ready."""

    def __init__(self, application: ASGIApp, when_ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="on",
                timeout_graceful_shutdown=PATIENCE,
            )
        )
        self._when_ready = when_ready
        self.is_stopped_by_hand = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end, and remember that it was Ctrl-C."""
        self.is_stopped_by_hand |= sig == signal.SIGINT
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell whoever waits."""
        await super().startup(sockets)
        if self.started:
            settle()
            threading.Thread(target=self._when_ready, name="ready", daemon=True).start()
