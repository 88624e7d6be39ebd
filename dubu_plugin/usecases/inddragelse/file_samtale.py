"""Put the record of a talk on the case as a document."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.usecases.dokument.order.samtale import order_record
from dubu_plugin.usecases.inddragelse.locked_samtale import open_locked
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.skrift.on_skrift import on_sag


def file_samtale(
    sag: UUID,
    samtale: UUID,
    *,
    with_locked: bool = False,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> UUID:
    """Order the document, and return the letter's id.

    :param with_locked: the locked part is in it too, which is an opening of it.
    :raises NotShared: the locked part is not shared with who asks for it.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such talk.
    """
    locked = ""
    if with_locked:
        opened = open_locked(sag, samtale, product=product, asker=asker, now=now)
        locked = opened.locked.text if opened.locked else ""
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        found = boernesamtaler.by_id(work.connection, samtale)
        if found is None or found.sag != sag:
            raise NotYours
        return order_record(
            work, ours, found, locked=locked,
            letters=product.letters, municipality=product.settings.municipality,
        )  # fmt: skip
