"""What somebody who writes to a family must heed: one line each, at the top of the page."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store import running
from dubu_plugin.usecases.dokument.order_plan import place_is_hidden

HANDED: Final = (
    "Barnet er anbragt: brevet til barnet sendes ikke til forældrenes adresse. Det overleveres af "
    "rådgiveren."
)
HIDDEN: Final = (
    "Stedet er skjult (§ 105): brevene til forældrene siger ikke, hvad der står om skolegang, om "
    "udtalelsen fra stedet og om det nye sted. Se efter, at stedet ikke står i de andre felter."
)


def letter_notes(
    connection: sa.Connection, sag: UUID, child: UUID, *, to_child: bool
) -> Sequence[str]:
    """Return what to heed in the letters about a child.

    :param to_child: the child itself is written to.
    """
    placed = to_child and running.is_placed(connection, child)
    hidden = (placed or not to_child) and place_is_hidden(connection, sag)
    return [*([HIDDEN] if hidden else []), *([HANDED] if placed else [])]
