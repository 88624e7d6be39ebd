"""The host an installation has, from its settings."""

from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from dubu_journal.host import Host
from dubu_journal.port.operations import LARGEST_FILE
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import Settings, wrong_in

SECTION: Final = "journal"
"""The section of dubu.toml, and what `journal_system` says where we are the host."""


class Storage(BaseModel):
    """Where the host keeps things. The web client and the post have names of their own here."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    database: Path = Path("journal.sqlite")
    """Relative to the settings' folder."""
    files: Path = Path("journal-filer")
    """Relative to the settings' folder."""
    address: str = ""
    """What stands before the paths of the web client, for example ``https://journal.example``."""
    largest_file: int = LARGEST_FILE
    """In bytes."""
    prints_paper: bool = False
    """Whether what empties the tray prints and posts a letter without an electronic address.
    Where it does not, such a letter waits for a person."""


def is_ours(settings: Settings) -> bool:
    """Tell whether the installation has us as its host."""
    return settings.journal_system == SECTION


def storage(settings: Settings) -> Storage:
    """Return what the settings say of storage.

    :raises ConfigurationError: a value cannot be used.
    """
    try:
        return Storage(**settings.section(SECTION))
    except ValidationError as slip:
        raise ConfigurationError(f"[{SECTION}] i dubu.toml: {wrong_in(slip)}") from None


def host(settings: Settings) -> Host:
    """Return the installation's host. Nothing is opened before it is used."""
    chosen = storage(settings)
    return Host.at(settings.path(chosen.database), settings.path(chosen.files))


def options(settings: Settings) -> dict[str, Any]:
    """Return what the ports are made with besides the host."""
    chosen = storage(settings)
    return {"largest_file": chosen.largest_file, "address": chosen.address}
