"""Kinds of columns, the same on SQLite, PostgreSQL and SQL Server."""

from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.mssql import DATETIME2

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Moment(sa.TypeDecorator[datetime]):
    """A moment: aware in Python, UTC without offset in the database."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[datetime]:
        """Return the type of the database: SQL Server's DATETIME would round to 3 ms."""
        if dialect.name == "mssql":
            return dialect.type_descriptor(DATETIME2(6))  # type: ignore[no-untyped-call]
        return dialect.type_descriptor(sa.DateTime())

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the moment as stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the moment, aware."""
        return None if value is None else value.replace(tzinfo=UTC)

    def bind_processor(self, dialect: sa.Dialect) -> Any:
        """Return what writes a moment; for SQLite, which keeps it as a text, in one step."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Return what reads a moment; for SQLite, which keeps it as a text, in one step."""
        return _of_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _as_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:_TEXT]


def _of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


_TEXT: Final = len("2026-01-31 23:59:59.000000")


def word(length: int = 64) -> sa.Unicode:
    """Return the type of a short text: a code, a key, a name."""
    return sa.Unicode(length)


def key(name: str = "id", **more: Any) -> sa.Column[Any]:
    """Return a primary key column that holds a UUID made by us."""
    return sa.Column(name, sa.Uuid, primary_key=True, **more)


def where(condition: str) -> dict[str, Any]:
    """Return what makes an index one of some rows only, on every database."""
    return {f"{dialect}_where": sa.text(condition) for dialect in ("sqlite", "postgresql", "mssql")}


def unique_where_known(*names: str) -> sa.Index:
    """Return an index that lets no two rows have the same value, but any number have none.

    A plain UNIQUE does that everywhere but on SQL Server, where two rows without a value clash.
    """
    known = " AND ".join(f"{name} IS NOT NULL" for name in names)
    return sa.Index(None, *names, unique=True, mssql_where=sa.text(known))
