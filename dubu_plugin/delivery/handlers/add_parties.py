"""Have the host know who the parents of a case's child are."""

from dubu_plugin.delivery.casefile import case_file, parents
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.ports.journal_objects import Kind, Op, Phase, Ref
from dubu_plugin.store.keys import op_key


class AddParties:
    """``add_parties {sag, barn?}``. Adds whom we know now, and takes nobody off.

    With ``barn`` the child too: it had no number when the case was opened, and has one now.
    Says nothing of who has the case: somebody may just have changed that in the host. Does nothing
    where the case is not known to the host, or is closed there.
    """

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        case = case_file(d, d.id("sag"))
        if case.host_key is None:
            return Done()
        journal = d.ports.journal
        ref = Ref(journal.name, Kind.CASE, case.host_key, case.number)
        if journal.get_case(ref).phase is not Phase.CLOSED:
            if d.payload.get("barn") and case.child.cpr is not None:
                op = Op(op_key(d.key, "part:barnet"), d.actor)
                d.ports.journal.add_party(ref, case.child, op)
            add_parents(d, ref)
        return Done(case.host_key)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. A party twice is a party once, so it is simply done again."""
        return None


def add_parents(d: Delivery, case: Ref) -> None:
    """Make the child's parents parties to the host's case, each under a key of their own."""
    for person, party in parents(d, d.id("sag")):
        d.ports.journal.add_party(case, party, Op(op_key(d.key, f"part:{person}"), d.actor))
