"""From when the first revision of the parents' own plan is counted (barnets lov § 79, stk. 2)."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.indsats.running import running
from dubu_plugin.store.plan import maal
from dubu_plugin.store.transaction import Work

REVISED_AFTER: Final = 3
"""In months from the day the child was placed."""


def since_placed(work: Work, sag: UUID) -> Mapping[str, JSON]:
    """Return the facts that start the clock of the first revision, when a plan stands.

    A placement that was begun with the plan there counts by itself. After the three months there is
    nothing to count to: the plan is newer than the revision that was due.
    """
    days = [
        danish_day(one.occurred_at)
        for one in running(work.connection, sag)
        if one.what is Haendelse.ANBRINGELSE_IVAERKSAT
    ]
    if not days or danish_day(work.now) > months_on(max(days), REVISED_AFTER):
        return {}
    if maal.revision_waits(work.connection, sag):
        return {}
    return {"foraeldreplan": True, "anbragt": max(days).isoformat()}
