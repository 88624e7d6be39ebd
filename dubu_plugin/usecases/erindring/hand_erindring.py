"""Give a reminder to a colleague or a team."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import Whom
from dubu_plugin.usecases.erindring.on_erindring import changing, insist_on_whom
from dubu_plugin.usecases.means import Means


def hand_erindring(
    number: UUID, whom: Whom, *, product: Means, asker: Asker, now: datetime
) -> None:
    """Give it to somebody else, who may see the case it is on.

    :raises NobodyThere, NotThatColleague, NotThatTeam, ErindringDone, NotYours: see
        `on_erindring`.
    """
    with changing(number, product=product, asker=asker, now=now) as (work, one):
        insist_on_whom(work, whom, one.sag)
        erindringer.change(work, one, employee=whom.employee, unit=whom.unit)
