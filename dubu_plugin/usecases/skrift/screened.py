"""The end of a screening, on each underretning it answers.

The duty to screen hangs on the underretning that told of the need (barnets lov § 18), and one
screening answers all of a case's that are not screened yet.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.sager import Sag
from dubu_plugin.store.tables import frister
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.skrift.on_skrift import OnSkrift

SCREEN: Final = "SCR"
"""The deadline of § 18. It hangs on the underretning."""


def screened(here: OnSkrift, said: Mapping[str, JSON]) -> None:
    """Record that the screening is over, once with what it came to, and have every duty met.

    :param said: what it came to; only the first of several says it, so that what follows on it
        follows once.
    """
    about: dict[str, JSON] = {
        "skrift": str(here.skrift.id), "art": here.skrift.kind, "version": here.skrift.version
    }  # fmt: skip
    _over(here.work, here.sag, _asking(here.work, here.sag) or [None], about, said)


def screened_by(work: Work, sag: Sag, outcome: str) -> None:
    """Record that what is to be screened was, where what it leads to begins; else nothing.

    :param outcome: what it came to, as ``udfald`` says it.
    """
    _over(work, sag, _asking(work, sag), {}, {"udfald": outcome})


def _asking(work: Work, sag: Sag) -> Sequence[UUID | None]:
    """Return the underretninger that are not screened yet, the newest first."""
    found = work.connection.scalars(
        sa.select(frister.c.underretning_id)
        .where(
            frister.c.sag_id == sag.id,
            frister.c.rule == SCREEN,
            frister.c.state == State.AABEN,
            frister.c.underretning_id.is_not(None),
        )
        .order_by(frister.c.anchor_at.desc(), frister.c.id)
    ).all()
    return list(dict.fromkeys(found))


def _over(
    work: Work,
    sag: Sag,
    asking: Sequence[UUID | None],
    about: Mapping[str, JSON],
    said: Mapping[str, JSON],
) -> None:
    for number, underretning in enumerate(asking):
        work.happened(
            Haendelse.SCREENING_AFSLUTTET,
            sag=sag.id,
            underretning=underretning,
            person=sag.child_id,
            responsible=sag.responsible,
            unit=sag.unit,
            data={**about, **(said if number == 0 else {})},
        )
