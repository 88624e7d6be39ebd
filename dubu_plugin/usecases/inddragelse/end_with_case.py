"""What is waited for on a case ends when the case is closed."""

from typing import Final

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.inddragelse import UdtalelseState
from dubu_plugin.store.inddragelse import udtalelser
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.inddragelse import awaiting
from dubu_plugin.usecases.skrift.on_skrift import happened

CLOSED: Final = "Sagen er lukket."
"""Why nobody waits for a statement any more."""


def end_with_case(work: Work, sag: Sag) -> None:
    """End the statements that have not come, in the transaction that closes the case.

    Nobody is chased for one, and none is waited for where the case is opened again: it is asked
    for anew, on what it rests on then.
    """
    for one in udtalelser.of_sag(work.connection, sag.id):
        if not one.is_open:
            continue
        udtalelser.change(
            work.connection, one.id, one.version,
            state=UdtalelseState.OPGIVET, ended_at=work.now, ended_reason=CLOSED,
        )  # fmt: skip
        awaiting.end(work, one)
        happened(
            work, sag, Haendelse.UDTALELSE_OPGIVET, udtalelse=str(one.id), kilde=one.asked.source
        )
