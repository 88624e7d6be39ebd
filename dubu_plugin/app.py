"""How the product is put together. The only file that knows every part."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pluggy

from dubu_plugin import plugins
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.plugins import Ports
from dubu_plugin.settings import Settings
from dubu_plugin.store import schema
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.database import Store
from dubu_plugin.usecases.upkeep import belonging

Clock = Callable[[], datetime]
"""Returns now, aware, in UTC. Read at the edge only, and handed inwards."""


def wall_clock() -> datetime:
    """Return now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Product:
    """One installation, ready to serve."""

    settings: Settings
    store: Store
    blobs: Blobs
    ports: Ports
    letters: LetterShelf
    clock: Clock
    plugins: pluggy.PluginManager


def build(
    settings: Settings,
    *,
    extra: Iterable[object] = (),
    installed: bool = True,
    clock: Clock = wall_clock,
) -> Product:
    """Return the product these settings describe. Connects to nothing yet.

    :param extra: plugins beside the installed ones.
    :raises ConfigurationError: a port is missing or offered twice, or a rule or letter is wrong.
    """
    manager = plugins.build(installed=installed, extra=extra)
    shelf = Path(str(files("dubu_templates")))
    rule_folders = [shelf / "frister", *_joined(manager.hook.register_deadline_folders())]
    letter_folders = [shelf, *_joined(manager.hook.register_letter_folders())]
    return Product(
        settings=settings,
        store=Store.connect(settings.database_url, RuleBook.load(rule_folders)),
        blobs=Blobs(settings.path(settings.files)),
        ports=plugins.ports(manager, settings),
        letters=LetterShelf.load(letter_folders, training=settings.training),
        clock=clock,
        plugins=manager,
    )


def require_whole(product: Product) -> None:
    """Do nothing where the database has the newest shape and its files and journal are its own.

    :raises ConfigurationError: it is not so; the sentence says what to do.
    """
    engine = product.store.engine
    schema.require_newest(engine)
    belonging.require(product.settings, engine, product.blobs, product.ports.upkeep)


def _joined(lists: Iterable[Iterable[Path]]) -> Iterable[Path]:
    return (folder for folders in lists for folder in folders)
