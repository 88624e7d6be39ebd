"""A journal host's own web client, where the host runs in our process."""

from typing import Protocol

from starlette.types import ASGIApp


class HostWeb(Protocol):
    """The web client of an embedded host."""

    def asgi(self) -> ASGIApp:
        """Return the client. It loads its plugins, us among them, and mounts their pages."""
