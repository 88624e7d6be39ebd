"""Our pages over HTTP on this machine, for tests that drive a browser."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from dubu_plugin.testing import town as towns
from dubu_plugin.testing.ordinary_day import NOW
from dubu_plugin.web import site

HOST: Final = "127.0.0.1"
PATIENCE: Final = 20.0
"""How long a server may take to come up, in seconds."""


@contextmanager
def served(pages: ASGIApp) -> Iterator[str]:
    """Serve pages from a thread, and yield their address."""
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        server = uvicorn.Server(
            uvicorn.Config(pages, log_config=None, access_log=False, lifespan="off")
        )
        ready = threading.Event()
        server.force_exit = True
        thread = threading.Thread(
            target=_run, args=(server, listening, ready), name="pages", daemon=True
        )
        thread.start()
        if not ready.wait(PATIENCE):
            raise TimeoutError("the pages did not come up")
        try:
            yield f"http://{HOST}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


def _run(server: uvicorn.Server, listening: socket.socket, ready: threading.Event) -> None:
    listening.listen()
    # The socket takes connections from here on; they wait until the server asks for them.
    ready.set()
    server.run([listening])


def serve_folder(folder: str, port: int) -> None:
    """Serve a town that lies in a folder until killed: the whole of a process that is to crash."""
    town = towns.opened(Path(folder), NOW)
    uvicorn.run(
        site.asgi(town.product), host=HOST, port=port, log_config=None, access_log=False,
        lifespan="off",
    )  # fmt: skip
