"""Set an installation up: make what it keeps things in, and mark all of it as its own.

The only place that makes anything. A part that is missing from an installation that was set up
before is a disk that is not there, so it is made only for somebody who says so.
"""

from datetime import datetime
from uuid import UUID, uuid4

from dubu_plugin.ports.upkeep import Upkeep
from dubu_plugin.settings import Settings
from dubu_plugin.store import chain, installation, private, schema, witness
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.database import engine_for
from dubu_plugin.store.failures import translated
from dubu_plugin.usecases.upkeep.belonging import NotTogether, Places, places, slips


def set_up(settings: Settings, upkeep: Upkeep | None, *, now: datetime, join: bool = False) -> UUID:
    """Make what is missing, bring the database to its newest shape, and return the key.

    :param join: also where a part of an earlier installation is missing or bears no mark.
    :raises NotTogether: parts are missing and `join` was not said, or they belong to different
        installations. Nothing was made.
    :raises StorageError: the database or the disk cannot be used.
    :raises Unreachable: the host's storage cannot be used.
    """
    engine = engine_for(settings.database_url)
    blobs, log = Blobs(settings.path(settings.files)), settings.path(settings.chain_log)
    try:
        found = places(engine, blobs, log, upkeep)
    finally:
        engine.dispose()
    key = _key(found, join=join)
    _close(settings)
    schema.upgrade(settings.database_url)
    if found.missing or found.unmarked:
        if upkeep is not None:
            upkeep.set_up(key)
        blobs.make(key)
        _mark(settings, key, now)
    elif upkeep is not None:
        upkeep.set_up(key)  # an older shape of the host's tables
    return key


def _close(settings: Settings) -> None:
    """Make the database's file readable by its owner alone, before anything is in it."""
    file = private.database_file(settings.database_url)
    if file is not None and file.parent.is_dir():
        with translated():
            private.close(file)


def _key(found: Places, *, join: bool) -> UUID:
    keys = found.keys
    if not keys:
        return uuid4()
    incomplete = bool(found.missing or found.unmarked)
    if len(keys) > 1 or (incomplete and not join):
        advice = (
            "" if len(keys) > 1 else " Skal det, der mangler, laves nyt og tomt, så skriv --join."
        )
        raise NotTogether(" ".join(slips(found)) + advice)
    return keys.pop()


def _mark(settings: Settings, key: UUID, now: datetime) -> None:
    engine = engine_for(settings.database_url)
    try:
        with translated(), engine.begin() as connection:
            installation.mark(connection, key, now=now)
            head = chain.head(connection)
    finally:
        engine.dispose()
    witness.begin(settings.path(settings.chain_log), key, head, now)
