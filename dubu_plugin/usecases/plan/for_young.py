"""When a plan is to be had from eighteen: an ungeplan, as long as there is ungestøtte.

Source: barnets lov § 91, stk. 1 (barnets plan is a child's), § 108 and §§ 114-116 and 120.
"""

import json
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.tables import haendelser

MATTER: Final = "ungestoette"
"""What the matters of ungestøtte begin with."""


class GrownUp(CaseworkError):
    """From eighteen there is no barnets plan, and an ungeplan only with ungestøtte."""

    danish = (
        "Den unge er fyldt 18 år, og barnets plan er kun til børn (§ 91). Får den unge "
        "ungestøtte, så lav en ungeplan (§ 108)."
    )


def insist_on_age(
    connection: sa.Connection, sag: UUID, kind: SkriftKind, born: date | None, today: date
) -> None:
    """Refuse a plan that is begun for somebody who is too old for it.

    :raises GrownUp: it is a barnets plan, or an ungeplan where there is no ungestøtte.
    """
    if kind is SkriftKind.BARNETS_PLAN and is_grown(born, today):
        raise GrownUp
    if kind is SkriftKind.UNGEPLAN and is_grown(born, today) and not has_support(connection, sag):
        raise GrownUp


def is_grown(born: date | None, today: date) -> bool:
    """Tell whether somebody is eighteen."""
    return born is not None and age_on(born, today) >= ADULT


def has_support(connection: sa.Connection, sag: UUID) -> bool:
    """Tell whether ungestøtte is decided or prepared on a case, here or noted by hand."""
    if any(
        one.matter.startswith(MATTER) and (one.is_open or one.gives)
        for one in afgoerelser.of_sag(connection, sag)
    ):
        return True
    its = haendelser.c
    noted = connection.scalars(
        sa.select(its.data).where(
            its.sag_id == sag, its.type == Haendelse.UNGESTOETTE_BESLUTTET, stands()
        )
    )
    return any(json.loads(data).get("bevilget") is True for data in noted)
