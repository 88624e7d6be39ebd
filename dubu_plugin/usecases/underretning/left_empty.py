"""The case an underretning was moved away from: where it stands now, and whether it stands empty.

A case that was opened for an unknown child, or a wrong one, has nothing left when its only
underretning moves. Nobody comes by it again, so whoever has it is reminded to close it.
"""

from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import ErindringState, Whom
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import erindringer as reminders
from dubu_plugin.store.tables import underretninger as table
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.underretning.case_step import STEPS, is_kept

EMPTY: Final = (
    "Underretningen på sagen er flyttet til et andet barns sag, og her er ikke andre. Skal sagen "
    "ikke bruges, så afslut den."
)


def see_to_left(work: Work, underretning: UUID, left: UUID | None) -> None:
    """Bring the case an underretning has left back to where what is left on it stands.

    After what the assessment decided there is taken back. Twice is once.

    :param left: the case it lay on before, if any.
    """
    about = underretninger.by_id(work.connection, underretning)
    sag = sager.by_id(work.connection, left) if left else None
    if about is None or sag is None or sag.is_closed or about.sag_id == sag.id:
        return
    if sag.step not in {sager.RECEIVED, *STEPS.values()} or is_kept(work.connection, about, sag):
        return
    others = work.connection.scalars(sa.select(table.c.id).where(table.c.sag_id == sag.id)).all()
    made = [underretninger.vurdering_of(work.connection, one) for one in others]
    newest = max((one for one in made if one), key=lambda one: one.assessed_at, default=None)
    step = STEPS[NaesteSkridt(newest.next_step)] if newest else sager.RECEIVED
    if step != sag.step:
        sager.change(work.connection, sag.id, step=step)
    begun = any(one.is_open for one in skrifter.of_sag(work.connection, sag.id))
    if not others and not begun and not sag.has_indsats:
        _remind(work, sag)


def _remind(work: Work, sag: Sag) -> None:
    whom = Whom(employee=sag.responsible) if sag.responsible else Whom(unit=sag.unit)
    if whom != Whom() and not _standing(work, sag.id):
        erindringer.add(work, EMPTY, danish_day(work.now), whom, sag.id)


def is_used_again(work: Work, sag: UUID) -> None:
    """Take the reminder off a case that has got an underretning after all."""
    for number in _standing(work, sag):
        one = erindringer.by_id(work.connection, number)
        if one is not None:
            erindringer.close(work, one)


def _standing(work: Work, sag: UUID) -> list[UUID]:
    query = sa.select(reminders.c.id).where(
        reminders.c.sag_id == sag,
        reminders.c.state == ErindringState.AABEN,
        reminders.c.note == EMPTY,
    )
    return list(work.connection.scalars(query))
