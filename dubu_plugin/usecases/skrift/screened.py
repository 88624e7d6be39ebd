"""The end of a screening, on each underretning it answers.

The duty to screen hangs on the underretning that told of the need (barnets lov § 18), and one
screening answers all of a case's that are not screened yet.
"""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.tables import frister
from dubu_plugin.usecases.skrift.on_skrift import OnSkrift

SCREEN: Final = "SCR"
"""The deadline of § 18. It hangs on the underretning."""


def screened(here: OnSkrift, said: Mapping[str, JSON]) -> None:
    """Record that the screening is over, once with what it came to, and have every duty met.

    :param said: what it came to; only the first of several says it, so that what follows on it
        follows once.
    """
    asking = here.work.connection.scalars(
        sa.select(frister.c.underretning_id)
        .where(
            frister.c.sag_id == here.sag.id,
            frister.c.rule == SCREEN,
            frister.c.state == State.AABEN,
            frister.c.underretning_id.is_not(None),
        )
        .order_by(frister.c.anchor_at.desc(), frister.c.id)
    ).all()
    about: dict[str, JSON] = {
        "skrift": str(here.skrift.id), "art": here.skrift.kind, "version": here.skrift.version
    }  # fmt: skip
    for number, underretning in enumerate(dict.fromkeys(asking) or [None]):
        here.work.happened(
            Haendelse.SCREENING_AFSLUTTET,
            sag=here.sag.id,
            underretning=underretning,
            person=here.sag.child_id,
            responsible=here.sag.responsible,
            unit=here.sag.unit,
            data={**about, **(said if number == 0 else {})},
        )
