"""Have the host open a case, and remember what it calls it."""

from typing import Final

import sqlalchemy as sa

from dubu_plugin.delivery.casefile import OURSELVES, CaseFile, case_file, parents, somebody_in
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import Refused
from dubu_plugin.ports.journal_objects import NewCase, Op, Ref
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.search.numbers import index_number
from dubu_plugin.store.tables import sager
from dubu_plugin.store.transaction import Work

SUBJECT: Final = "27.24.00"
"""KLE: særlig støtte til børn og unge i almindelighed."""

FACET: Final = "G01"
"""KLE: generelle sager."""


class OpenCase:
    """``open_case {sag}``. Does nothing where there is one; the party gets a key of its own."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        journal = d.ports.journal
        case = case_file(d, d.id("sag"))
        if case.host_key is not None:  # the host had it all along, or it was only reopened
            return Done(case.host_key)
        responsible = case.responsible or somebody_in(d, case.unit)
        if responsible is None:
            raise Refused(OURSELVES, d.kind, "ingen_ansvarlig")
        child = case.child
        if child.cpr is not None:
            child = journal.ensure_party(child, Op(op_key(d.key, "part"), d.actor))
        made = journal.create_case(
            NewCase(
                title=case.title,
                responsible=responsible,
                primary_party=child,
                subject_code=SUBJECT,
                facet=FACET,
                unit=case.unit,
                protected=case.protected,
                parties=[party for _, party in parents(d, case.id)],
            ),
            d.op,
        )
        return _opened(d, case, made.ref)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`."""
        made = d.ports.journal.probe(d.key)
        if made is None:
            return None
        if made.number is None:
            made = d.ports.journal.get_case(made).ref
        return _opened(d, case_file(d, d.id("sag")), made)


def _opened(d: Delivery, case: CaseFile, made: Ref) -> Done:
    def then(work: Work) -> None:
        work.connection.execute(
            sa.update(sager)
            .where(sager.c.id == case.id)
            .values(host_key=made.key, number=made.number)
        )
        index_number(work.connection, case.id, made.number)
        work.happened(Haendelse.SAG_OPRETTET, sag=case.id, data={"sag": made.key})

    return Done(made.key, then)
