"""Register by hand that an expected child is born, where the address book has not said it yet."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.alder import AFTER, LONGEST_CARRIED, is_near_due
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.keys import sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.frist.standing import Stored
from dubu_plugin.usecases.sag.birth import is_born
from dubu_plugin.usecases.sag.tell_parties import tell_parties

LONGEST_NAME: Final = 200
"""In characters."""


class NotExpected(CaseworkError):
    """The case is about no expected child; what was said of its birth is not what stands."""

    danish = (
        "Fødslen er registreret allerede, med andet end det, du har skrevet, så det er ikke gemt. "
        "Gå tilbage til sagen, og se efter. CPR-nummer og navn skrives og rettes dér."
    )


class BirthNotClear(FieldRefused):
    """The date, the name or the number cannot be right: ``foedt``, ``navn`` or ``cpr``."""


class AnotherHasIt(CaseworkError):
    """Somebody else here has the number, and a case of their own."""

    field = "cpr"
    danish = (
        "En anden i systemet har CPR-nummeret og sin egen sag. Søg på nummeret, og brug den sag, "
        "eller ret nummeret."
    )


@dataclass(frozen=True, slots=True)
class Birth:
    """What somebody says of the birth."""

    name: str = field(repr=False)
    born: date
    cpr: Cpr | None = None
    due: date | None = None
    """The due date as it should have been, where it was written wrong."""

    @property
    def called(self) -> str:
        """The name as it is kept."""
        return " ".join(self.name.split())[:LONGEST_NAME]

    def is_as(self, child: Known) -> bool:
        """Tell whether this is what stands of a child already."""
        number = self.cpr in (None, child.cpr)
        return number and (self.called, self.born) == (child.name, child.born)


def register_birth(
    sag: UUID, birth: Birth, *, product: Stored, asker: Asker, now: datetime
) -> None:
    """Let the expected child of a case be born: its age, and what is counted by it, begins.

    What is registered already is done. A due date that is put right counts.

    :raises NotExpected: the child is born already, and that says something else of it.
    :raises BirthNotClear: the name is missing, or the date or number does not fit; it says which.
    :raises AnotherHasIt: somebody else has the number.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        ours = sager.by_id(work.connection, sag)
        child = personer.by_id(work.connection, ours.child_id) if ours else None
        if child is None:
            raise NotYours
        if not child.is_unborn:
            if birth.is_as(child):
                return
            raise NotExpected
        due = birth.due or child.due_date
        insist(birth, due, danish_day(now))
        _put_right(work, sag, child, due)
        if not is_born(work, child, name=birth.called, cpr=birth.cpr, born=birth.born, key=None):
            raise AnotherHasIt
        tell_parties(work, sag)


def put_due_right(sag: UUID, due: date, *, product: Stored, asker: Asker, now: datetime) -> None:
    """Put right when the expected child of a case is due; it is not born yet.

    :raises NotExpected: it is.
    :raises BirthNotClear: the child must be born by now, or cannot be conceived yet: ``termin``.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        ours = sager.by_id(work.connection, sag)
        child = personer.by_id(work.connection, ours.child_id) if ours else None
        if child is None:
            raise NotYours
        if not child.is_unborn:
            raise NotExpected
        today = danish_day(now)
        if due < today - AFTER:
            raise BirthNotClear(
                "termin", "Med den termin må barnet være født. Registrér fødslen i stedet."
            )
        if due > today + LONGEST_CARRIED:
            raise BirthNotClear("termin", "Terminen ligger for langt ude i fremtiden. Ret den.")
        _put_right(work, sag, child, due)


def _put_right(work: Work, sag: UUID, child: Known, due: date | None) -> None:
    """Keep another due date than was known, and leave a note of both in the journal."""
    if due is None or due == child.due_date:
        return
    personer.set_due(work.connection, child.id, due)
    before = f" fra {long_date(child.due_date)}" if child.due_date else ""
    work.tell(
        "add_note",
        lane=sag_lane(sag),
        key=uuid4(),
        payload={"sag": str(sag), "title": "Terminen er rettet",
                 "body": f"Barnets termin er rettet{before} til {long_date(due)}.",
                 "occurred_at": work.now.isoformat()},
    )  # fmt: skip


def insist(birth: Birth, due: date | None, today: date) -> None:
    """See to it that what is said of a birth can be.

    :param due: the due date, where the child was expected.
    :raises BirthNotClear: it cannot; it says which field.
    """
    if not birth.called:
        raise BirthNotClear("navn", "Skriv barnets navn, eller »Dreng« eller »Pige« og efternavn.")
    if birth.born > today:
        raise BirthNotClear("foedt", "Barnet kan ikke være født senere end i dag. Ret datoen.")
    if due is not None and not is_near_due(due, birth.born):
        raise BirthNotClear(
            "foedt",
            "Datoen ligger for langt fra terminen. Ret den, eller ret terminen, hvis det er den, "
            "der er skrevet forkert.",
        )
    if birth.cpr is not None and birth.cpr.born != birth.born:
        raise BirthNotClear("cpr", "CPR-nummeret passer ikke med fødselsdatoen. Ret det ene.")
