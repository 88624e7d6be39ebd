"""Say that what a deadline waited for has come, or is not waited for any more."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.deadlines import waiting
from dubu_plugin.usecases.frist.standing import Place, Stored, acting_on, happened


def stop_waiting(
    frist: UUID, place: Place, wait: UUID, *, product: Stored, asker: Asker, now: datetime
) -> None:
    """End a wait. Ended already, nothing changes.

    :raises NotYours: the policy says no, or nothing such is waited for there.
    """
    with acting_on(frist, place, product=product, asker=asker, now=now) as (work, row):
        found = waiting.by_id(work.connection, wait)
        if found is None or found.frist != frist:
            raise NotYours
        if found.ended_at is None:
            waiting.end(work.connection, wait, now)
            happened(work, Haendelse.FRIST_VENTET, row, hvad=found.what, vente_id=str(wait))
