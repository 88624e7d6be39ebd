"""Whether the database, the files and the journal are those of one and the same installation.

Each bears the installation's key. A disk that is not mounted, a folder that was moved and a journal
restored beside the wrong database look well each by itself; together they do not.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.errors import ConfigurationError, Unreachable
from dubu_plugin.ports.upkeep import Place, Upkeep
from dubu_plugin.settings import Settings
from dubu_plugin.store import installation, witness
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.failures import DatabaseMissing, translated

DATABASE: Final = "databasen"
FILES: Final = "mappen med filer"
CHAIN_LOG: Final = "kædeloggen"


class NotTogether(ConfigurationError):
    """Parts of the installation are missing, or belong to another one."""


@dataclass(slots=True)
class Places:
    """Where an installation keeps things, and whose each of them is."""

    marks: dict[str, Place] = field(default_factory=dict)
    """By the place's Danish name. None where something is there that bears no mark."""
    missing: list[str] = field(default_factory=list)

    @property
    def keys(self) -> set[UUID]:
        """The keys that were found."""
        return {key for key in self.marks.values() if key is not None}

    @property
    def unmarked(self) -> list[str]:
        """The names of what is there and bears no mark."""
        return [name for name, key in self.marks.items() if key is None]

    def add(self, name: str, *, there: bool, key: Place) -> None:
        """Add a place."""
        if there:
            self.marks[name] = key
        else:
            self.missing.append(name)


def places(engine: sa.Engine, blobs: Blobs, chain_log: Path, upkeep: Upkeep | None) -> Places:
    """Return every place, as it is now. Makes nothing.

    :raises Unreachable: the host's storage cannot be read.
    :raises StorageError: ours cannot.
    """
    found = Places()
    try:
        with translated(), engine.connect() as connection:
            found.add(DATABASE, there=True, key=installation.key(connection))
    except DatabaseMissing:
        found.missing.append(DATABASE)
    found.add(FILES, there=blobs.folder.exists(), key=blobs.installation)
    found.add(CHAIN_LOG, there=chain_log.exists(), key=witness.installation(chain_log))
    if upkeep is not None:
        found.marks |= upkeep.places()
        found.missing += upkeep.missing()
    return found


def slips(found: Places) -> Sequence[str]:
    """Return what is wrong, as Danish sentences; none where everything belongs together."""
    if not found.keys:
        return ["Installationen er ikke sat op. Kør »dubu db upgrade«."]
    said = [
        f"{_named(name)} er der ikke. Er disken monteret? Ellers skal den lægges tilbage fra "
        "sikkerhedskopien."
        for name in found.missing
    ]
    said += [
        f"{_named(name)} bærer ikke installationens mærke. Er det den rigtige disk?"
        for name in found.unmarked
    ]
    ours = found.marks.get(DATABASE)
    if len(found.keys) > 1:
        said += [
            f"{_named(name)} hører til en anden installation ({str(key)[:8]}) end databasen "
            f"({str(ours)[:8]})."
            for name, key in found.marks.items()
            if key not in (None, ours)
        ]
    return said


def require(settings: Settings, engine: sa.Engine, blobs: Blobs, upkeep: Upkeep | None) -> None:
    """Do nothing where ours is whole, and no part of the host is another installation's.

    A host that is away is no reason to stop: what it is to be told is kept until it is back.
    `dubu check` tells of it.

    :raises NotTogether: a part of ours is missing, or anything belongs to another installation.
    """
    found = places(engine, blobs, settings.path(settings.chain_log), None)
    said = list(slips(found))
    if not said and upkeep is not None:
        with suppress(Unreachable):
            for name, key in upkeep.places().items():
                if key is not None:
                    found.add(name, there=True, key=key)
            said += slips(found)
    if said:
        raise NotTogether(" ".join([*said, "Se »dubu check«."]))


def _named(name: str) -> str:
    return name[0].upper() + name[1:]
