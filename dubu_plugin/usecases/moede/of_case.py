"""A meeting, looked up on the case it is said to be on."""

from uuid import UUID

from dubu_plugin.store.access import NotYours
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Moede
from dubu_plugin.store.transaction import Work


def meeting_of(work: Work, sag: UUID, moede: UUID) -> Moede:
    """Return a meeting of a case.

    :raises NotYours: there is none on this case.
    """
    found = moeder.by_id(work.connection, moede)
    if found is None or found.sag_id != sag:
        raise NotYours
    return found
