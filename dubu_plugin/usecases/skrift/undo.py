"""»Fortryd«: put back what stood in a field before its writer began. Once more undoes that."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import At
from dubu_plugin.usecases.skrift.on_skrift import Skriver, on_skrift


def undo(
    sag: UUID,
    skrift: UUID,
    ats: Collection[At],
    *,
    product: Skriver,
    asker: Asker,
    now: datetime,
) -> int:
    """Undo what the asker wrote last in some fields, and return in how many.

    :raises NotOpen, CaseClosed: see `dubu_plugin.usecases.skrift.on_skrift`.
    :raises NotYours: the policy says no, or there is no such skrift.
    """
    with on_skrift(sag, skrift, product=product, asker=asker, now=now) as here:
        return tekster.undo(
            here.work.connection, skrift, here.skrift.version, ats, by=asker.key, now=now
        )
