"""Rows of the database as typed dataclasses, whose fields are named as the columns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, ClassVar, Protocol, TypeVar

import sqlalchemy as sa

R = TypeVar("R")


class Dataclass(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


def columns(
    row: type[Dataclass],
    *tables: sa.FromClause,
    made: Mapping[str, sa.ColumnElement[Any]] | None = None,
) -> list[sa.ColumnElement[Any]]:
    """Return the columns a row is read from, in the order of its fields.

    :param tables: a field is looked for in the first table, then in the next.
    :param made: the fields that are no column of their own.
    """
    return [_column(field.name, tables, made or {}) for field in fields(row)]


def every(
    connection: sa.Connection, statement: sa.Select[Any], row: Callable[..., R], **given: Any
) -> list[R]:
    """Return all rows.

    :param given: the values of the parameters the statement names, where it is kept for all.
    """
    return [row(*values) for values in connection.execute(statement, given or None)]


def first(connection: sa.Connection, statement: sa.Select[Any], row: Callable[..., R]) -> R | None:
    """Return the first row, or None."""
    return only(connection, statement.limit(1), row)


def only(
    connection: sa.Connection, statement: sa.Select[Any], row: Callable[..., R], **given: Any
) -> R | None:
    """Return the row of a question that finds one at most, or None.

    :param given: the values of the parameters the statement names, where it is kept for all.
    """
    values = connection.execute(statement, given or None).first()
    return None if values is None else row(*values)


def add(connection: sa.Connection, table: sa.Table, values: Mapping[str, Any]) -> int:
    """Add a row to a table that counts its own ids, and return the new one."""
    made = connection.execute(table.insert().values(values)).inserted_primary_key
    assert made is not None
    new_id: int = made[0]
    return new_id


def _column(
    name: str, tables: tuple[sa.FromClause, ...], made: Mapping[str, sa.ColumnElement[Any]]
) -> sa.ColumnElement[Any]:
    return made[name].label(name) if name in made else next(_named(name, tables))


def _named(name: str, tables: tuple[sa.FromClause, ...]) -> Iterator[sa.ColumnElement[Any]]:
    for table in tables:
        if name in table.c:
            yield table.c[name]
    raise LookupError(f"no column {name}")
