"""The indsatser a decision gives, each in a row of its own."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Given
from dubu_plugin.store.tables import afgoerelse_indsatser

PREFIX: Final = "given_"
ROW: Final = afgoerelse_indsatser.c
COLUMNS: Final = tuple(
    one.label(f"{PREFIX}{one.name}")
    for one in (ROW.code, ROW.place, ROW.purpose, ROW.starts_on, ROW.ends_on, ROW.law)
)
"""What a statement asks for beside the decision itself."""


def give(connection: sa.Connection, afgoerelse: UUID, given: Sequence[Given]) -> None:
    """Store every indsats a decision gives, in place of what stood there."""
    connection.execute(sa.delete(afgoerelse_indsatser).where(ROW.skrift_id == afgoerelse))
    rows = [
        {
            "skrift_id": afgoerelse, "position": position, "code": one.code, "place": one.place,
            "purpose": one.purpose or None, "starts_on": one.starts_on, "ends_on": one.ends_on,
            "law": one.law,
        }
        for position, one in enumerate(given, 1)
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(afgoerelse_indsatser), rows)


def of_row(row: sa.Row[Any]) -> Given | None:
    """Return the indsats of a row with `COLUMNS` in it, or None where the decision gives none."""
    if row.given_code is None:
        return None
    return Given(
        code=row.given_code, place=row.given_place, purpose=row.given_purpose or "",
        starts_on=row.given_starts_on, ends_on=row.given_ends_on, law=row.given_law,
    )  # fmt: skip
