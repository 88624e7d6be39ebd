"""How a database differs from the tables of the code, in sentences for whoever keeps it."""

from typing import Any, Final

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from dubu_plugin.store.failures import translated
from dubu_plugin.store.tables import metadata

GUARDED: Final = {
    "haendelser": "hændelser",
    "read_log": "læselogens linjer",
    "read_seals": "læselogens segl",
}
"""The tables that are only added to, and what is in them."""

GUARDS: Final = {
    "sqlite": ("no_update", "no_delete"),
    "postgresql": ("no_change",),
    "mssql": ("no_change",),
}
"""What keeps their rows from being changed, as the migrations make it: the ends of the names."""

TRIGGERS_THERE: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    "mssql": "SELECT name FROM sys.triggers WHERE is_disabled = 0",
}

LACKING: Final = {
    "table": "tabellen {name}",
    "column": "kolonnen {name}",
    "index": "indekset {name}",
    "constraint": "reglen {name}",
    "fk": "henvisningen {name}",
}
"""A kind of thing, by the last word of what alembic would do about it."""

CHANGED: Final = {
    "modify_nullable": "om feltet må være tomt",
    "modify_type": "typen",
    "modify_default": "standardværdien",
    "modify_comment": "bemærkningen",
}


def differences(engine: sa.Engine) -> list[str]:
    """Return what the database lacks, has too much of, or has in another way; none where it fits.

    :raises StorageUnreachable: the database does not answer.
    """
    with translated(), engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        said = [sentence for difference in found for sentence in _sentences(difference)]
        return sorted(set(said)) + _lost_triggers(connection)


def _lost_triggers(connection: sa.Connection) -> list[str]:
    name = connection.dialect.name
    there = set(connection.scalars(sa.text(TRIGGERS_THERE[name])))
    return [
        f"Udløseren {table}_{guard} mangler: {what} kan ændres og slettes."
        for table, what in GUARDED.items()
        for guard in GUARDS[name]
        if f"{table}_{guard}" not in there
    ]


def _sentences(difference: Any) -> list[str]:
    """Return one of alembic's differences, or a list of them about one column, as sentences."""
    if isinstance(difference, list):
        return [sentence for one in difference for sentence in _sentences(one)]
    act, *about = difference
    if act in CHANGED:
        _, table, column = about[:3]
        return [f"Kolonnen {table}.{column} er anderledes: {CHANGED[act]} passer ikke."]
    verb, _, kind = act.partition("_")
    what = LACKING[kind].format(name=_name(kind, about))
    return [f"Databasen mangler {what}." if verb == "add" else f"{what.capitalize()} er for meget."]


def _name(kind: str, about: list[Any]) -> str:
    if kind == "column":
        _, table, column = about
        return f"{table}.{column.name}"
    return str(about[0].name)
