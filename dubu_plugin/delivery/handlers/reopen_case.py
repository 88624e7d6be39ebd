"""Have the host reopen a case that something new has come to.

A host may keep its closed cases shut, because they are archived. Then the case gets a new number:
the row behind this one in the lane opens a new case there, and ours goes on under it.
"""

from dataclasses import replace
from typing import Final

from dubu_plugin.delivery.casefile import case_file
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.errors import Refused
from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.journal_errors import NotFound
from dubu_plugin.ports.journal_objects import Kind, Phase, Ref
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.sag import sager
from dubu_plugin.store.search.numbers import index_number
from dubu_plugin.store.transaction import Work

COMMENT: Final = "Der er kommet en ny henvendelse om barnet."
LATE: Final = "Sagen åbnes kort, så det, der er kommet efter lukningen, kan skrives på den."


class ReopenCase:
    """``reopen_case {sag}``. Does nothing where the case is open, or not known to the host."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        sag = d.id("sag")
        case = case_file(d, sag)
        if case.host_key is None:
            return Done()
        journal = d.ports.journal
        ref = Ref(journal.name, Kind.CASE, case.host_key, case.number)
        try:
            if journal.get_case(ref).phase is not Phase.CLOSED:
                return Done(case.host_key)
            journal.set_phase(ref, _active(journal), COMMENT, d.op)
        except NotFound:
            raise
        except Refused:
            return Done(None, lambda work: _let_go(work, d))
        return Done(case.host_key)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. The same status twice is one change, so it is simply done again."""
        return None


def reopened(d: Delivery, case: Ref) -> None:
    """Have the host open a case for something that comes after it was closed.

    :raises Refused: the host keeps its closed cases shut.
    """
    key = op_key(d.key, "reopen_case")
    d.ports.journal.set_phase(case, _active(d.ports.journal), LATE, replace(d.op, key=key))


def _active(journal: Journal) -> str:
    """Return the host's key of a status for cases that are worked on."""
    for status in journal.statuses():
        if status.phase is Phase.ACTIVE:
            return status.key
    raise Refused(journal.name, "statuses", "ingen_aktiv_status")


def _let_go(work: Work, d: Delivery) -> None:
    """Forget the host's closed case, so that a new one is opened for ours."""
    sager.change(work.connection, d.id("sag"), host_key=None, number=None)
    index_number(work.connection, d.id("sag"), None)
