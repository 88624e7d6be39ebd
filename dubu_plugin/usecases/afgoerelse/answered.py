"""An application is answered when all it asked for is decided (retssikkerhedsloven § 3, stk. 2)."""

from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import MADE
from dubu_plugin.domain.ansoegning import sought
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.deadlines.states import State, is_of
from dubu_plugin.store.tables import frister, underretninger
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import OnAfgoerelse

RULE: Final = "LOKALFRIST"


def answered(here: OnAfgoerelse) -> None:
    """Record that the applications on the case are answered that this decision was the last of.

    What an application asked for is read out of its words; one that names nothing we know is
    answered by the first decision.
    """
    connection = here.work.connection
    waiting = _waiting(connection, here.sag.id)
    if not waiting:
        return
    done = {
        one.matter
        for one in afgoerelser.of_sag(connection, here.sag.id)
        if one.state in MADE or one.id == here.id
    }
    for number, text in waiting:
        if set(sought(text or "")) <= done:
            here.work.happened(
                H.ANSOEGNING_AFGJORT, sag=here.sag.id, underretning=number,
                person=here.sag.child_id, responsible=here.sag.responsible, unit=here.sag.unit,
                data={
                    "afgoerelse": str(here.id),
                    "i_stedet_for": str(here.afgoerelse.replaces or here.id),
                },
            )  # fmt: skip


def _waiting(connection: sa.Connection, sag: UUID) -> list[tuple[UUID, str | None]]:
    rows = connection.execute(
        sa.select(underretninger.c.id, underretninger.c.text)
        .join_from(frister, underretninger, frister.c.underretning_id == underretninger.c.id)
        .where(frister.c.sag_id == sag, is_of(RULE), frister.c.state == State.AABEN)
        .order_by(underretninger.c.received_at)
    )
    return [(row.id, row.text) for row in rows]
