"""Which methods are in use: how many assessments have a version of one."""

from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.store.tables import skrifter

MethodColumns = tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]
"""The two columns of a table in which a case keeps its method: the code, and the version."""

USERS: Final[tuple[MethodColumns, ...]] = ((skrifter.c.method, skrifter.c.method_version),)
"""Every table whose rows keep a method. Whoever makes one more puts its two columns here."""


def in_use(
    connection: sa.Connection, code: str, version: str, users: Iterable[MethodColumns] = USERS
) -> int:
    """Return how many rows have this version of a method."""
    return sum(
        connection.scalar(sa.select(sa.func.count()).where(of_code == code, of_version == version))
        or 0
        for of_code, of_version in users
    )
