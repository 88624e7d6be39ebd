"""Register by hand that an expected child is born, where the address book has not said it yet."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import personer, sager
from dubu_plugin.store.access import NotYours
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.frist.standing import Stored
from dubu_plugin.usecases.sag.birth import AFTER, BEFORE, is_born
from dubu_plugin.usecases.sag.tell_parties import tell_parties

LONGEST_NAME: Final = 200
"""In characters."""


class NotExpected(CaseworkError):
    """The case is about no expected child."""

    danish = "Barnet er født og registreret allerede. Gå tilbage til sagen, og se efter."


class BirthNotClear(CaseworkError):
    """The date, the name or the number cannot be right."""

    danish = "{sentence}"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(field)
        self.sentence = sentence
        self.field = field
        """Which field of the form it is: ``navn``, ``foedt`` or ``cpr``."""


class AnotherHasIt(CaseworkError):
    """Somebody else here has the number, and a case of their own."""

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


def register_birth(
    sag: UUID, birth: Birth, *, product: Stored, asker: Asker, now: datetime
) -> None:
    """Let the expected child of a case be born: its age, and what is counted by it, begins.

    :raises NotExpected: the child is born already.
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
            raise NotExpected
        name = " ".join(birth.name.split())[:LONGEST_NAME]
        insist(birth, name, child.due_date, danish_day(now))
        done = is_born(work, child, name=name, cpr=birth.cpr, born=birth.born, key=None)
        if not done:
            raise AnotherHasIt
        tell_parties(work, sag)


def insist(birth: Birth, name: str, due: date | None, today: date) -> None:
    """See to it that what is said of a birth can be.

    :param due: the due date, where the child was expected.
    :raises BirthNotClear: it cannot; it says which field.
    """
    if not name:
        raise BirthNotClear("navn", "Skriv barnets navn, eller »Dreng« eller »Pige« og efternavn.")
    if birth.born > today:
        raise BirthNotClear("foedt", "Barnet kan ikke være født senere end i dag. Ret datoen.")
    if due is not None and not due - BEFORE <= birth.born <= due + AFTER:
        raise BirthNotClear("foedt", "Datoen ligger for langt fra terminen. Ret den.")
    if birth.cpr is not None and birth.cpr.born != birth.born:
        raise BirthNotClear("cpr", "CPR-nummeret passer ikke med fødselsdatoen. Ret det ene.")
