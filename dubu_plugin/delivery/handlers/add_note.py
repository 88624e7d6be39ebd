"""Add a journal note in the host."""

from datetime import datetime

from dubu_plugin.delivery.casefile import case_ref
from dubu_plugin.delivery.handlers.reopen_case import reopened
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.ports.journal_errors import CaseClosed
from dubu_plugin.ports.journal_objects import NewNote, Ref
from dubu_plugin.store.journal import journalkopi
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work


class AddNote:
    """``add_note {sag, title, body, occurred_at, skrevet?}``; the moment as ISO 8601 with offset.

    A case that is closed here and in the host is opened there for it; the ``close_case`` behind it
    in the lane shuts it again.
    """

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        note = NewNote(
            d.payload["title"],
            d.payload["body"],
            datetime.fromisoformat(d.payload["occurred_at"]),
        )
        case = case_ref(d, d.id("sag"))
        try:
            made = d.ports.journal.add_note(case, note, d.op)
        except CaseClosed:
            if not _is_closed_here(d):
                raise
            reopened(d, case)
            made = d.ports.journal.add_note(case, note, d.op)
        return _added(d, made.ref)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`."""
        made = d.ports.journal.probe(d.key)
        return None if made is None else _added(d, made)


def _is_closed_here(d: Delivery) -> bool:
    """Tell whether it was closed here too: then it is noted on all the same, and shut again."""
    with d.store.read() as connection:
        ours = sager.by_id(connection, d.id("sag"))
    return ours is not None and ours.is_closed


def _added(d: Delivery, made: Ref) -> Done:
    sag = d.id("sag")

    def then(work: Work) -> None:
        told = work.happened(Haendelse.NOTAT_JOURNALISERET, sag=sag, data={"notat": made.key})
        journalkopi.add_told(work.connection, d.key, d.payload, author=d.actor, now=d.now)
        journalkopi.arrived(work.connection, d.key, made.key)
        journalkopi.fold(work.connection, told.id, d.key)

    return Done(made.key, then)
