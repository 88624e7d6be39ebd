"""The database's shape: brought to the newest, and taken back.

`dubu_plugin.store.differences` compares it with the code.

There is no alembic.ini: `configuration` is the one place, and it works from the wheel. Alembic is
loaded where a shape is changed: who only sees whether it fits would wait for it at every start.
"""

import io
from importlib.resources import files
from typing import TYPE_CHECKING, Final, TextIO

import sqlalchemy as sa

from dubu_plugin.errors import ConfigurationError
from dubu_plugin.store.failures import DatabaseMissing, translated

if TYPE_CHECKING:
    from alembic.config import Config

SHELF: Final = "dubu_migrations"
NEWEST: Final = "head"
NOTHING: Final = "base"

_VERSION: Final = sa.table("alembic_version", sa.column("version_num", sa.String))


class WrongShape(ConfigurationError):
    """The database is not the one this release of the product uses."""


def configuration(url: str, output: TextIO | None = None) -> "Config":
    """Return alembic's configuration for a database.

    :param output: where SQL is written when nothing is to be run.
    """
    from alembic.config import Config

    config = Config(output_buffer=output, stdout=io.StringIO())
    config.set_main_option("script_location", str(files(SHELF)))
    config.attributes["url"] = url
    return config


def upgrade(url: str, to: str = NEWEST) -> None:
    """Bring a database to a revision, made from nothing where there is none.

    :raises StorageUnreachable: the database does not answer.
    """
    from alembic import command

    with translated():
        command.upgrade(configuration(url), to)


def downgrade(url: str, to: str) -> None:
    """Take a database back to an earlier revision."""
    from alembic import command

    with translated():
        command.downgrade(configuration(url), to)


def script(url: str, to: str = NEWEST) -> str:
    """Return the SQL that would make a database from nothing. Needs no driver and no server."""
    from alembic import command

    written = io.StringIO()
    command.upgrade(configuration(url, written), to, sql=True)
    return written.getvalue()


def newest() -> str:
    """Return the revision this release uses: the highest number there is, as they are one line."""
    names = (entry.name for entry in (files(SHELF) / "versions").iterdir())
    numbers = [name.split("_")[0] for name in names if name[0].isdigit()]
    if not numbers:
        raise ConfigurationError("Der er ingen migrationer i pakken dubu_migrations.")
    return max(numbers)


def current(engine: sa.Engine) -> str | None:
    """Return the revision a database has, or None where it has no shape yet."""
    with translated(), engine.connect() as connection:
        if not sa.inspect(connection).has_table(_VERSION.name):
            return None
        return connection.scalar(sa.select(_VERSION.c.version_num))


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
