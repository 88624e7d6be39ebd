"""Find the case the host has running on a child, so that no second one is opened beside it."""

from collections.abc import Iterator
from typing import Final

from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.journal_objects import Case, Phase
from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.search.numbers import index_number
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.underretning.place import follow_case

OUR_SUBJECTS: Final = ("27.24.", "27.27.")
"""KLE groups of cases about one child: særlig støtte, and foranstaltninger."""
MOST_PAGES: Final = 20


class FindCase:
    """``find_case {sag}``. Without a result, the row behind it in the lane opens a new one."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        sag = d.id("sag")
        with d.store.read() as connection:
            ours = sager.by_id(connection, sag)
            child = personer.by_id(connection, ours.child_id) if ours else None
            if ours is None or ours.host_key or child is None or child.cpr is None:
                return Done()
            running = [
                case
                for case in _running(d.ports.journal, child.cpr)
                if not sager.has_host_key(connection, case.ref.key)
            ]
        if not running:
            return Done()
        case = max(running, key=lambda one: (one.phase is Phase.ACTIVE, one.created))

        def then(work: Work) -> None:
            file = sager.by_id(work.connection, sag)
            if file is None or file.host_key is not None:
                return
            if sager.has_host_key(work.connection, case.ref.key):
                return
            sager.change(
                work.connection,
                sag,
                host_key=case.ref.key,
                number=case.ref.number,
                title=case.title[: sager.LONGEST_TITLE],
                responsible=file.responsible or case.responsible,
                unit=case.unit or file.unit,
                protected=file.protected or case.protected,
            )
            index_number(work.connection, sag, case.ref.number)
            work.happened(
                Haendelse.SAG_OPRETTET, sag=sag, data={"sag": case.ref.key, "fandtes": True}
            )
            follow_case(work, sag)
            # The case was the host's before it was ours: it may lack the parents.
            work.tell(
                "change_case",
                lane=sag_lane(sag),
                key=op_key(sag, "change_case"),
                payload={"sag": str(sag)},
            )

        return Done(case.ref.key, then)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Nothing was written anywhere, so it is simply done again."""
        return None


def _running(journal: Journal, cpr: Cpr) -> Iterator[Case]:
    after: str | None = None
    for _ in range(MOST_PAGES):
        page = journal.find_cases(cpr, primary_only=True, after=after)
        for case in page.items:
            if case.phase is not Phase.CLOSED and (case.subject_code or "").startswith(
                OUR_SUBJECTS
            ):
                yield case
        after = page.next
        if after is None:
            return
