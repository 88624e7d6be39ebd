"""Have the host know who has a case with us, and who the child's parents are."""

from typing import Final

from dubu_plugin.delivery.casefile import case_file
from dubu_plugin.delivery.handlers.add_parties import add_parents
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.journal_errors import Conflict
from dubu_plugin.ports.journal_objects import CaseChange, Kind, Op, Phase, Ref
from dubu_plugin.store.keys import op_key

TRIES: Final = 3
"""How many times a case that others change meanwhile is read again."""


class ChangeCase:
    """``change_case {sag}``. Says what is so now, so that it can be done again at any time.

    Does nothing where the case is not known to the host, or is closed there.
    """

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        case = case_file(d, d.id("sag"))
        if case.host_key is None:
            return Done()
        journal = d.ports.journal
        ref = Ref(journal.name, Kind.CASE, case.host_key, case.number)
        if journal.get_case(ref).phase is Phase.CLOSED:
            return Done(case.host_key)
        _say_who(journal, ref, CaseChange(responsible=case.responsible, unit=case.unit), d)
        add_parents(d, ref)
        return Done(case.host_key)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. The same values twice are one change, so it is simply done again."""
        return None


def _say_who(journal: Journal, ref: Ref, change: CaseChange, d: Delivery) -> None:
    """Give the host's case our values, where it has others.

    :raises Conflict: others change it all the time.
    """
    for turn in range(TRIES):
        there = journal.get_case(ref)
        wanted = (change.responsible or there.responsible, change.unit or there.unit)
        if wanted == (there.responsible, there.unit):
            return
        # A key is for one write: what was sent on a version that is gone is another one.
        op = Op(op_key(d.key, f"who:{there.version}:{turn}"), d.actor)
        try:
            journal.change_case(ref, change, expected=there.version, op=op)
        except Conflict:
            if turn == TRIES - 1:
                raise
        else:
            return
