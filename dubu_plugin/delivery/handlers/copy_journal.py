"""Copy a case's notes and documents from the host, for somebody who has opened its stream."""

from functools import partial
from uuid import UUID

from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.errors import Refused
from dubu_plugin.store.journal import followed_journal
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.journal.copy_case import copy_case


class CopyJournal:
    """``copy_journal {sag}``. Reads in the host and changes nothing there."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`. A case the host does not show leaves nobody anything to do."""
        try:
            copy_case(d.id("sag"), product=d, now=d.now)
        except Refused:
            return Done("vises_ikke", partial(_not_shown, sag=d.id("sag")))
        return Done()

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Read twice it is the same, so it is simply done again."""
        return None


def _not_shown(work: Work, *, sag: UUID) -> None:
    followed_journal.tried(work.connection, sag, now=work.now)
