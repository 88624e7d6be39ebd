"""Have the host call a case by the name its child has now."""

from dubu_plugin.delivery.casefile import case_file
from dubu_plugin.delivery.handlers.change_case import change_in_host
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.ports.journal_objects import Case, CaseChange, Kind, Phase, Ref
from dubu_plugin.store.sag.sager import LONGEST_TITLE


class RenameCase:
    """``rename_case {sag, fra}``. Gives the host's case our title in place of the one we gave it.

    Does nothing where a person has called it something else there, or it is closed, or not known.
    """

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        case = case_file(d, d.id("sag"))
        if case.host_key is None:
            return Done()

        def renamed(there: Case) -> CaseChange | None:
            ours = there.title[:LONGEST_TITLE] == d.payload["fra"]
            closed = there.phase is Phase.CLOSED
            return CaseChange(title=case.title) if ours and not closed else None

        ref = Ref(d.ports.journal.name, Kind.CASE, case.host_key, case.number)
        change_in_host(d, ref, renamed)
        return Done(case.host_key)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. The same title twice is one change, so it is simply done again."""
        return None
