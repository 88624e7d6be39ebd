"""Whoever assesses an underretning on a case they may not open, and those who have the case.

The 24 hours do not wait for who has the case, so whoever gets an underretning assesses it (barnets
lov § 136, stk. 2). By that they become nothing to the case: they see nothing of it, and what is
left to do when it is assessed is for those who have it. They are told by a reminder.
"""

from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.danish import danish_day, moment_text
from dubu_plugin.store import access
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import Erindring, ErindringState, Whom
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.tables import aktivitetsplaner, frister, haendelser
from dubu_plugin.store.tables import erindringer as reminders
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.store.unit_names import employee_names, unit_titles

_RECEIVED: Final = "Underretningen, der kom {}, "
UNDER_WAY: Final = "vurderes uden for sagen af {}. Ring, hvis I ved noget, der haster."
ASSESSED: Final = "er vurderet uden for sagen af {}. Resten er jeres: læs vurderingen."


def works_on(work: Work, employee: str | None, sag: UUID) -> bool:
    """Tell whether the policy lets somebody work on a case."""
    who = access.asker(work.connection, employee) if employee else None
    found = access.subject(work.connection, who, "sag", sag) if who else None
    return who is not None and found is not None and bool(decide(who, Act.WRITE, found))


def see_to_case(work: Work, underretning: UUID) -> None:
    """Where somebody outside the case has the underretning, let the case's own people know.

    Twice is once. Nothing is done where those who have it work on the case, or nobody has it.
    """
    about = underretninger.by_id(work.connection, underretning)
    sag = _elsewhere(work, about)
    if about is None or sag is None:
        return
    _leave_duties(work, about, sag)
    if about.state == underretninger.ASSESSED:
        vurdering = underretninger.vurdering_of(work.connection, about.id)
        _remind(work, about, sag, ASSESSED, vurdering.assessor if vurdering else work.actor)
    elif _had_something_before(work, about, sag):
        _remind(work, about, sag, UNDER_WAY, about.responsible or work.actor)


def _elsewhere(work: Work, about: Underretning | None) -> Sag | None:
    """Return the case, where whoever has the underretning does not work on it."""
    if about is None or about.sag_id is None or about.responsible is None:
        return None
    if works_on(work, about.responsible, about.sag_id):
        return None
    return sager.by_id(work.connection, about.sag_id)


def _leave_duties(work: Work, about: Underretning, sag: Sag) -> None:
    """Leave what hangs on the case to those who have it; once it is assessed, all that is left."""
    theirs = {"responsible": sag.responsible, "unit": sag.unit}
    left = frister.c.underretning_id.is_(None) & (frister.c.responsible == about.responsible)
    if about.state == underretninger.ASSESSED:
        left |= frister.c.underretning_id == about.id
    work.connection.execute(
        sa.update(frister)
        .where(frister.c.sag_id == sag.id, frister.c.state == State.AABEN, left)
        .values(theirs)
    )
    plans = aktivitetsplaner.c
    work.connection.execute(
        sa.update(aktivitetsplaner)
        .where(
            plans.sag_id == sag.id,
            plans.underretning_id.is_(None),
            plans.responsible == about.responsible,
        )
        .values(theirs)
    )


def _had_something_before(work: Work, about: Underretning, sag: Sag) -> bool:
    """Tell whether the case is older than this underretning: a new one has nobody to tell."""
    known = haendelser.c
    of_others = known.underretning_id.is_distinct_from(about.id)
    return bool(
        work.connection.scalar(sa.select(sa.exists().where(known.sag_id == sag.id, of_others)))
    )


def _remind(work: Work, about: Underretning, sag: Sag, said: str, by: str) -> None:
    whom = Whom(employee=sag.responsible) if sag.responsible else Whom(unit=sag.unit)
    if whom == Whom():
        return
    beginning = _RECEIVED.format(moment_text(about.received_at))
    note = beginning + said.format(_called(work, by))
    standing = _standing(work, sag, beginning)
    if any(one.note == note for one in standing):
        return
    for one in standing:
        erindringer.close(work, one)
    erindringer.add(work, note, danish_day(work.now), whom, sag.id)


def _standing(work: Work, sag: Sag, beginning: str) -> list[Erindring]:
    """Return the open reminders of this on the case."""
    numbers = work.connection.scalars(
        sa.select(reminders.c.id).where(
            reminders.c.sag_id == sag.id,
            reminders.c.state == ErindringState.AABEN,
            reminders.c.note.startswith(beginning, autoescape=True),
        )
    ).all()
    found = [erindringer.by_id(work.connection, number) for number in numbers]
    return [one for one in found if one is not None]


def _called(work: Work, employee: str) -> str:
    """Return somebody's name and unit."""
    name = employee_names(work.connection, [employee]).get(employee, "en kollega")
    who = access.asker(work.connection, employee)
    unit = unit_titles(work.connection).get(who.unit) if who and who.unit else None
    return f"{name} i {unit}" if unit else name
