"""Which methods are in use: how many assessments have a version of one."""

from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa

MethodColumns = tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]
"""The two columns of a table in which a case keeps its method: the code, and the version."""

USERS: Final[tuple[MethodColumns, ...]] = ()
"""Every table whose rows keep a method. Whoever makes one puts its two columns here; until then no
case can have a method, and each is free to be taken out."""


def in_use(
    connection: sa.Connection, code: str, version: str, users: Iterable[MethodColumns] = USERS
) -> int:
    """Return how many rows have this version of a method."""
    return sum(
        connection.scalar(sa.select(sa.func.count()).where(of_code == code, of_version == version))
        or 0
        for of_code, of_version in users
    )
