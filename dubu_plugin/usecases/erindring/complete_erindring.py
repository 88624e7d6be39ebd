"""Mark a reminder done."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.usecases.erindring.on_erindring import changing
from dubu_plugin.usecases.means import Means


def complete_erindring(number: UUID, *, product: Means, asker: Asker, now: datetime) -> None:
    """Mark it done; the host's copy is ticked off.

    :raises ErindringDone, NotYours: see `changing`.
    """
    with changing(number, product=product, asker=asker, now=now) as (work, one):
        erindringer.close(work, one)
