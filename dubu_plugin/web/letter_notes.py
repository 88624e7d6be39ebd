"""What somebody who writes to a family must heed: one line each, at the top of the page."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store import running

HANDED: Final = (
    "Barnet er anbragt: brevet til barnet sendes ikke til forældrenes adresse. Det overleveres af "
    "rådgiveren."
)


def letter_notes(connection: sa.Connection, child: UUID, *, to_child: bool) -> Sequence[str]:
    """Return what to heed in the letters about a child.

    :param to_child: the child itself is written to.
    """
    return [HANDED] if to_child and running.is_placed(connection, child) else []
