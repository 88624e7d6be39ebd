"""Say that one of the municipality's own reports has been made."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.egne import indberetninger
from dubu_plugin.usecases.frist.standing import IsEnded, Stored


def tell_reported(report: UUID, *, product: Stored, asker: Asker, now: datetime) -> None:
    """Record that a report was made. It is the oldest period's that is met by it.

    :raises IsEnded: it was made already, or its rule is in no file any more.
    :raises NotYours: the policy says no, or there is no such report.
    """
    with product.store.write(actor=asker.key, now=now) as work:
        row = indberetninger.by_id(work.connection, asker, report)
        if row is None:
            raise NotYours
        rule = work.rules.version(row.rule, row.rule_version) or work.rules.newest(row.rule)
        if row.state != State.AABEN or rule is None:
            raise IsEnded
        work.happened(min(rule.met_by), unit=row.unit)
