"""The database's shape: brought to the newest, and taken back.

`dubu_plugin.store.differences` compares it with the code.

There is no alembic.ini: `configuration` is the one place, and it works from the wheel.
"""

import io
from importlib.resources import files
from typing import Final, TextIO

import alembic.command
import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from dubu_plugin.errors import ConfigurationError
from dubu_plugin.store.failures import DatabaseMissing, translated

SHELF: Final = "dubu_migrations"
NEWEST: Final = "head"
NOTHING: Final = "base"


class WrongShape(ConfigurationError):
    """The database is not the one this release of the product uses."""


def configuration(url: str, output: TextIO | None = None) -> Config:
    """Return alembic's configuration for a database.

    :param output: where SQL is written when nothing is to be run.
    """
    config = Config(output_buffer=output, stdout=io.StringIO())
    config.set_main_option("script_location", str(files(SHELF)))
    config.attributes["url"] = url
    return config


def upgrade(url: str, to: str = NEWEST) -> None:
    """Bring a database to a revision, made from nothing where there is none.

    :raises StorageUnreachable: the database does not answer.
    """
    with translated():
        alembic.command.upgrade(configuration(url), to)


def downgrade(url: str, to: str) -> None:
    """Take a database back to an earlier revision."""
    with translated():
        alembic.command.downgrade(configuration(url), to)


def script(url: str, to: str = NEWEST) -> str:
    """Return the SQL that would make a database from nothing. Needs no driver and no server."""
    written = io.StringIO()
    alembic.command.upgrade(configuration(url, written), to, sql=True)
    return written.getvalue()


def newest() -> str:
    """Return the revision this release uses."""
    head = ScriptDirectory.from_config(configuration("")).get_current_head()
    if head is None:
        raise ConfigurationError("Der er ingen migrationer i pakken dubu_migrations.")
    return head


def current(engine: sa.Engine) -> str | None:
    """Return the revision a database has, or None where it has no shape yet."""
    with translated(), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def require_newest(engine: sa.Engine) -> None:
    """Do nothing where the database fits this release.

    :raises WrongShape: it does not.
    """
    try:
        found = current(engine)
    except DatabaseMissing as gone:
        raise WrongShape(gone.for_people()) from None
    if found != newest():
        raise WrongShape(
            f"Databasen har udgave {found or 'ingen'}, men programmet bruger {newest()}. "
            f"Kør »dubu db upgrade«."
        )
