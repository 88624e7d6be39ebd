"""When the parents' own plan is to be had (barnets lov §§ 75-77)."""

from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import IN_FORCE, AfgoerelseState
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.indsats.running import running

GIVES: Final = frozenset({"stoetteperson_foraeldre", "stoette_foraeldre"})
"""Matters of the support it is a plan for."""
STANDS: Final = IN_FORCE | {AfgoerelseState.FORBEREDES}


def is_for_parents(connection: sa.Connection, sag: UUID) -> bool:
    """Tell whether a placement runs, is decided or is prepared, or support for the parents is."""
    for one in afgoerelser.of_sag(connection, sag):
        if one.state in STANDS and (one.matter in GIVES or one.matter.startswith("anbringelse")):
            return True
    return any(one.what is Haendelse.ANBRINGELSE_IVAERKSAT for one in running(connection, sag))
