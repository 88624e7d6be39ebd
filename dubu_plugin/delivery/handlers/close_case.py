"""Have the host close a case that was closed here, where it has a status for that."""

from dubu_plugin.delivery.casefile import case_ref
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.ports.journal_objects import Phase
from dubu_plugin.store.sag import sager

COMMENT = "Sagen er afsluttet."


class CloseCase:
    """``close_case {sag, reason}``. Does nothing where the case is closed there, is open here again
    or is not known to the host, and in a host that has no status for closed cases."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        with d.store.read() as connection:
            ours = sager.by_id(connection, d.id("sag"))
        if ours is None or ours.host_key is None or not ours.is_closed:
            return Done()
        journal = d.ports.journal
        closed = next((one for one in journal.statuses() if one.phase is Phase.CLOSED), None)
        ref = case_ref(d, ours.id)
        if closed is not None and journal.get_case(ref).phase is not Phase.CLOSED:
            journal.set_phase(ref, closed.key, d.payload.get("reason") or COMMENT, d.op)
        return Done(ours.host_key)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. The same status twice is one change, so it is simply done again."""
        return None
