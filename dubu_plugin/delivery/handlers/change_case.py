"""Have the host know who has a case with us, and who the child's parents are."""

from collections.abc import Callable
from typing import Final

from dubu_plugin.delivery.casefile import case_file
from dubu_plugin.delivery.handlers.add_parties import add_parents
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.ports.journal_errors import Conflict
from dubu_plugin.ports.journal_objects import Case, CaseChange, Kind, Op, Phase, Ref
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
        who = CaseChange(responsible=case.responsible, unit=case.unit)

        def other(there: Case) -> CaseChange | None:
            wanted = (who.responsible or there.responsible, who.unit or there.unit)
            return None if wanted == (there.responsible, there.unit) else who

        change_in_host(d, ref, other)
        add_parents(d, ref)
        return Done(case.host_key)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. The same values twice are one change, so it is simply done again."""
        return None


def change_in_host(d: Delivery, ref: Ref, wanted: Callable[[Case], CaseChange | None]) -> None:
    """Give the host's case our values, where it has others.

    :param wanted: says what is to be changed of the case as it is there; None for nothing.
    :raises Conflict: others change it all the time.
    """
    journal = d.ports.journal
    for turn in range(TRIES):
        there = journal.get_case(ref)
        change = wanted(there)
        if change is None:
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
