"""The host as it is served: its web client, plugins, mail ports and rounds, together."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from dubu_journal import installation, reach
from dubu_journal.plugins import Plugins
from dubu_journal.port.operations import clock
from dubu_journal.post.arrivals import Arrivals
from dubu_journal.post.inbox import Inbox
from dubu_journal.post.listener import Listener, Port
from dubu_journal.post.offering import Offering
from dubu_journal.post.outbox import Outbox
from dubu_journal.post.rounds import Rounds
from dubu_journal.post.smtp import MailRoom
from dubu_journal.web import desks, site
from dubu_journal.web.choices import ADDRESS_ROLES, Choices
from dubu_journal.web.desk import Desk
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import Settings


class Serving(BaseModel):
    """What the host's section says of the client and the post; see also `installation.Storage`."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    password: str | None = Field(default=None, repr=False)
    """What everybody types at login; without it, choosing a name is enough."""
    password_file: Path | None = None
    """A file that holds the password, relative to the settings' folder."""
    secure: bool = False
    """Whether the client is reached by https."""
    post_units: tuple[str, ...] = ("modtagelse", "doegnvagt")
    """The units whose members, and the leaders above them, see the post that comes in."""
    address_roles: tuple[str, ...] = ADDRESS_ROLES
    """The roles whose holders find and open persons in the address book."""
    inbox: Path = Path("indbakke")
    """Relative to the settings' folder."""
    outbox: Path = Path("udgaaende")
    """Relative to the settings' folder. In a training copy nothing is put there."""
    mail_host: str = "127.0.0.1"
    smtp_port: int | None = Field(default=None, ge=0, le=65535)
    """None for no mail by SMTP."""
    lmtp_port: int | None = Field(default=None, ge=0, le=65535)
    """None for no mail by LMTP."""
    largest_mail: int = Field(default=200 * 1024 * 1024, gt=0)
    """In bytes."""


class EmbeddedWeb:
    """See `dubu_plugin.ports.host_web.HostWeb`."""

    def __init__(
        self,
        settings: Settings,
        *,
        extra: Iterable[object] = (),
        installed: bool = True,
        clock: Callable[[], datetime] = clock,
    ) -> None:
        """Hold what the client is made of.

        :param extra: plugins beside the installed ones.
        """
        self._settings = settings
        self._extra = extra
        self._installed = installed
        self._clock = clock

    def asgi(self) -> ASGIApp:
        """Return the client. Its plugins are found now, and told when the first request can come.

        :raises ConfigurationError: the host's section says something that cannot be, or other
            machines would reach the pages of an installation that asks nobody for a password.
        """
        chosen = _read(self._settings)
        address = self._settings.web.host
        closed = self._settings.training or _password(self._settings, chosen)
        if not closed and not reach.is_this_machine(address):
            raise ConfigurationError(reach.OPEN_DOOR.format(address=address))
        host = installation.host(self._settings)
        plugins = Plugins.load(
            str(self._settings.source), installed=self._installed, extra=self._extra
        )
        desk = Desk.at(host, plugins, _choices(self._settings, chosen), self._clock)
        desks.serve(desk)
        work = _Work(self._settings, chosen, desk)
        return site.client(desk, on_start=work.start, on_stop=work.stop)


class _Work:
    """What goes on beside the pages, from the first request to the last."""

    def __init__(self, settings: Settings, chosen: Serving, desk: Desk) -> None:
        self._plugins = desk.plugins
        arrivals = Arrivals(desk.host, desk.clock, largest=chosen.largest_mail)
        outbox = None if settings.training else Outbox(settings.path(chosen.outbox), desk.host)
        self._rounds = Rounds(
            desk.plugins,
            Offering(desk.host, desk.plugins),
            Inbox(settings.path(chosen.inbox), arrivals),
            outbox,
            desk.clock,
        )

        def store(raw: BinaryIO, sender: str | None) -> None:
            arrivals.mail(raw, sender)
            self._rounds.wake()

        self._listener = Listener(MailRoom(store, largest=chosen.largest_mail), _ports(chosen))

    async def start(self) -> None:
        """Begin: the plugins first, since post may come in at once."""
        await run_in_threadpool(self._plugins.started)
        self._listener.start()
        self._rounds.start()

    async def stop(self) -> None:
        """End in the opposite order."""
        await run_in_threadpool(self._listener.stop)
        await run_in_threadpool(self._rounds.stop)
        await run_in_threadpool(self._plugins.stopping)


def password(settings: Settings) -> str | None:
    """Return what everybody types at login, or None where choosing a name is enough.

    :raises ConfigurationError: the host's section says something that cannot be.
    """
    return _password(settings, _read(settings))


def _read(settings: Settings) -> Serving:
    try:
        return Serving(**settings.section(installation.SECTION))
    except ValidationError as slip:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in slip.errors())
        raise ConfigurationError(f"[{installation.SECTION}] i dubu.toml: {wrong}") from None


def _choices(settings: Settings, chosen: Serving) -> Choices:
    return Choices(
        municipality=settings.municipality.name,
        training=settings.training,
        password=_password(settings, chosen),
        hosts=_names(settings, chosen),
        secure=chosen.secure,
        post_units=frozenset(chosen.post_units),
        address_roles=frozenset(chosen.address_roles),
        largest_file=installation.storage(settings).largest_file,
    )


def _names(settings: Settings, chosen: Serving) -> frozenset[str]:
    """Return the names the client answers to; any, where a password keeps others out, or where a
    training copy is open to other machines."""
    if _password(settings, chosen) or not reach.is_this_machine(settings.web.host):
        return frozenset()
    address = urlsplit(settings.web.address).hostname
    return frozenset({"localhost", "127.0.0.1", "::1", settings.web.host, address or "localhost"})


def _password(settings: Settings, chosen: Serving) -> str | None:
    if chosen.password_file is None:
        return chosen.password
    file = settings.path(chosen.password_file)
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError:
        raise ConfigurationError(f"Adgangskoden kan ikke læses i {file}.") from None


def _ports(chosen: Serving) -> list[Port]:
    given = ((chosen.smtp_port, False), (chosen.lmtp_port, True))
    return [Port(chosen.mail_host, number, local) for number, local in given if number is not None]
