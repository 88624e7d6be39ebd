"""Which disk is full, for whoever stands at the server: the person at the screen need not know."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import sqlalchemy as sa
import typer

from dubu_plugin.cli.danish import complain
from dubu_plugin.settings import Settings
from dubu_plugin.store.failures import StorageError

LEAST: Final = 1024 * 1024
"""In bytes. With less than this on its disk nothing can be counted on to be stored."""


@contextmanager
def naming_the_full_one(settings: Settings) -> Iterator[None]:
    """Say which disk is full, and answer no (1), where that is why nothing could be stored."""
    try:
        yield
    except StorageError as no:
        full = why_full(settings)
        if full is None:
            raise
        complain(full)
        raise typer.Exit(1) from no


def why_full(settings: Settings) -> str | None:
    """Return a sentence that names what lies on a full disk; None where no disk is full."""
    full = [str(place) for place in _places(settings) if _is_full(place)]
    if not full:
        return None
    return (
        f"Der er ikke mere plads på disken med {', '.join(full)}, så intet er gemt. "
        "Ryd op på den, og prøv igen."
    )


def _places(settings: Settings) -> Iterator[Path]:
    """Yield what of ours grows, by its path."""
    address = sa.make_url(settings.database_url)
    if address.get_backend_name() == "sqlite" and address.database:
        yield Path(address.database)
    yield settings.path(settings.files)
    yield settings.path(settings.chain_log)


def _is_full(place: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(place if place.exists() else place.parent).free < LEAST
    return False
