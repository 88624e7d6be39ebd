"""Say what an application is about: its answer is due by that area's time."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.afgoerelser import Matters
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.domain.svarfrister import areas
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.svarfrist.counted import counted_anew
from dubu_plugin.usecases.svarfrist.means import Answering
from dubu_plugin.usecases.underretning.choose_child import existing


class NoSuchArea(CaseworkError):
    """What was chosen is nothing that can be applied for."""

    danish = "Vælg, hvad der søges om, på listen."


class NoApplication(CaseworkError):
    """What came in is no application."""

    danish = "Det er ikke en ansøgning, så den har ingen svarfrist."


def choose_area(
    underretning: UUID, area: str, *, product: Answering, asker: Asker, now: datetime
) -> None:
    """Say what an application is about. A day the applicant has been told stands.

    :raises NoApplication: it is none.
    :raises NoSuchArea: nothing of that kind is applied for.
    :raises NotYours: the policy says no, or there is no such application.
    """
    with acting(product.store, asker, Act.REGISTER, "underretning", underretning, now=now) as work:
        about = existing(work, underretning)
        waiting = svarfrister.waiting(work.connection, about.id)
        if about.henvendelse is not Henvendelse.ANSOEGNING and not waiting:
            raise NoApplication
        insist_on_area(area, product.matters, work.connection, about.received_at)
        svarfrister.set_area(work.connection, about.id, area)
        told = any(
            one.state == LetterState.SENDT for one in svarfrister.told(work.connection, about.id)
        )
        for one in () if told else waiting:
            counted_anew(work, one, area)


def insist_on_area(
    area: str, matters: Matters, connection: sa.Connection, received_at: datetime
) -> None:
    """Do nothing where it is an area.

    :raises NoSuchArea: it is none.
    """
    rows = svarfrister.standing(connection).rows
    if area not in {one.code for one in areas(matters, rows, danish_day(received_at))}:
        raise NoSuchArea
