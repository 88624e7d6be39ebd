"""Add a journal note in the host."""

from datetime import datetime

from dubu_plugin.delivery.casefile import case_ref
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.ports.journal import NewNote, Ref
from dubu_plugin.store.transaction import Work


class AddNote:
    """``add_note {sag, title, body, occurred_at}``; the moment as ISO 8601 with offset."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        note = NewNote(
            d.payload["title"],
            d.payload["body"],
            datetime.fromisoformat(d.payload["occurred_at"]),
        )
        return _added(d, d.ports.journal.add_note(case_ref(d, d.id("sag")), note, d.op).ref)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`."""
        made = d.ports.journal.probe(d.key)
        return None if made is None else _added(d, made)


def _added(d: Delivery, made: Ref) -> Done:
    sag = d.id("sag")

    def then(work: Work) -> None:
        work.happened(Haendelse.NOTAT_JOURNALISERET, sag=sag, data={"notat": made.key})

    return Done(made.key, then)
