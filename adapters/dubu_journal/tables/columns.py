"""Kinds of columns, and the one catalogue all tables belong to."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

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
    """A moment: aware in Python, UTC without offset in the database, so that text sorts as time."""

    impl = sa.DateTime
    cache_ok = True

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


def number() -> sa.Column[int]:
    """Return a primary key that SQLite counts up, and that is never used again."""
    return sa.Column("id", sa.Integer, primary_key=True)


def text(name: str, **more: Any) -> sa.Column[Any]:
    """Return a column of text that must be there."""
    return sa.Column(name, sa.Unicode, nullable=False, **more)


def maybe_text(name: str, **more: Any) -> sa.Column[Any]:
    """Return a column of text that may be unknown."""
    return sa.Column(name, sa.Unicode, nullable=True, **more)


def moment(name: str, **more: Any) -> sa.Column[Any]:
    """Return a column with a moment that must be there."""
    return sa.Column(name, Moment, nullable=False, **more)


def maybe_moment(name: str, **more: Any) -> sa.Column[Any]:
    """Return a column with a moment that may not have come yet."""
    return sa.Column(name, Moment, nullable=True, **more)


def yes(name: str) -> sa.Column[bool]:
    """Return a column that is yes or no, and no until it is said."""
    return sa.Column(name, sa.Boolean, nullable=False, default=False, server_default=sa.false())


def to(column: str, name: str, **more: Any) -> sa.Column[Any]:
    """Return a column that points at another table; it must be there unless said otherwise."""
    return sa.Column(name, sa.ForeignKey(column), **{"nullable": False, **more})
