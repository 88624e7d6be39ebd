"""Give a case to a colleague: a leader shares out what nobody has."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import lines_of_case, sager
from dubu_plugin.store.staff import does_casework
from dubu_plugin.store.tables import employees
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.underretning.hand_over import NobodyThere, NotThatColleague


class NoColleague(NobodyThere):
    """A case is given to a colleague, never to a unit."""

    danish = "Vælg en kollega, der er her nu."


class TakenMeanwhile(CaseworkError):
    """Somebody has it by now, or it is closed."""

    danish = "En af sagerne har fået en ansvarlig imens. Se listen igen; resten kan stadig gives."


def give_case(sag: UUID, employee: str, *, product: Means, asker: Asker, now: datetime) -> None:
    """Give a case nobody has, and what hangs on it, to a colleague. The host is told.

    :raises NoColleague: nobody of that key works here.
    :raises NotThatColleague: it is about the colleague, or about one of their family.
    :raises TakenMeanwhile: somebody has it.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        before = sager.by_id(work.connection, sag)
        assert before is not None
        if before.responsible == employee:
            return
        if before.responsible is not None or before.is_closed:
            raise TakenMeanwhile
        unit = _unit(work, employee)
        if personer.is_kept_from(work.connection, employee, before.child_id):
            raise NotThatColleague
        sager.change(work.connection, sag, responsible=employee, unit=unit)
        sager.take_part(work.connection, sag, employee, now=now)
        lines_of_case.follow(
            work.connection, before, responsible=employee, unit=unit, protected=before.protected
        )
        given = work.happened(
            Haendelse.SAG_GIVET_VIDERE,
            sag=sag,
            person=before.child_id,
            responsible=employee,
            unit=unit,
            data={"fra_enhed": before.unit, "fra": None, "til_enhed": unit, "til": employee},
        )
        work.tell(
            "change_case",
            lane=sag_lane(sag),
            key=op_key(given.id, "change_case"),
            payload={"sag": str(sag)},
        )


def _unit(work: Work, employee: str) -> str:
    found: str | None = work.connection.scalar(
        sa.select(employees.c.unit).where(employees.c.key == employee, does_casework())
    )
    if found is None:
        raise NoColleague
    return found
