"""Which child a person says it is, and making that somebody we keep."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeAlias
from uuid import UUID

from dubu_plugin.domain.alder import is_near_due
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.match import OF_AGE, ChildState, Likely
from dubu_plugin.errors import CaseworkError
from dubu_plugin.intake.text import one_line
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import UNKNOWN_CHILD, Known
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning.underretninger import Underretning

LONGEST_NAME: Final = 120
LONG_BEFORE: Final = timedelta(weeks=4)
LONG_AFTER: Final = timedelta(weeks=43)
"""How far from the day of receipt a birth may be expected: a little overdue, or just begun."""

ANOTHER_PREGNANCY: Final = (
    "Moren har et barn her, der ventedes på et helt andet tidspunkt. Det nye barn er registreret "
    "for sig, som en søskende. Er det samme barn, så ret terminen på dets sag under »Registrér "
    "fødslen«, og vælg »Et ufødt barn« igen."
)


class NameMissing(CaseworkError):
    """Somebody we do not keep was chosen without a name."""

    danish = "Skriv barnets navn. For et ufødt barn er det morens navn."
    field = "navn"


class DueMissing(CaseworkError):
    """An unborn child was chosen without a due date."""

    danish = "Skriv terminen, fx 28. september 2026."
    field = "termin"


class DueTooFar(CaseworkError):
    """The due date cannot be right."""

    danish = "Terminen passer ikke med, hvornår underretningen kom. Skriv den igen, fx 28.9.2026."
    field = "termin"


class GrownUpChosen(CaseworkError):
    """Somebody of 18 or more was chosen as the child. A child is under 18 (barnets lov § 2)."""

    danish = (
        "Den, du har valgt, er fyldt 18 år og kan ikke være barnet. Handler den om et barn, der "
        "ikke er født, så vælg »Et ufødt barn«. Er det en forælder, så vælg barnet."
    )
    field = "barn"


class OwnFamily(CaseworkError):
    """The employee is the child, or is related to it."""

    danish = (
        "Du kan ikke behandle denne underretning, fordi du eller din familie er en del af den. "
        "Giv den til en kollega."
    )


@dataclass(frozen=True, slots=True)
class KnownChild:
    """Somebody we keep: a likely child that was shown, or one of a family."""

    person: UUID


@dataclass(frozen=True, slots=True)
class ChildByCpr:
    """Somebody typed in."""

    cpr: str = field(repr=False)
    name: str = field(default="", repr=False)
    """Needed where we do not keep the person already."""


@dataclass(frozen=True, slots=True)
class UnbornChild:
    """A child that is expected, registered on its mother."""

    due: date | None
    mother: UUID | None = None
    """Who it is, where we keep her; else her number and name."""
    mother_cpr: str = field(default="", repr=False)
    mother_name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class UnknownChild:
    """A child nobody knows the CPR number of."""

    description: str = field(default="", repr=False)
    """What is known, such as a first name or »dreng, 5-6 år«."""


ChildChoice: TypeAlias = KnownChild | ChildByCpr | UnbornChild | UnknownChild


@dataclass(frozen=True, slots=True)
class Resolved:
    """The child that was chosen, as we keep it."""

    child: Known
    state: ChildState
    warnings: tuple[str, ...] = ()
    """Danish sentences about what may be wrong; the choice stands."""


def resolved(work: Work, about: Underretning, choice: ChildChoice, *, asker: str) -> Resolved:
    """Return the child somebody chose, kept.

    :raises NotACpr: the number has not ten digits, or they name no date.
    :raises NameMissing, DueMissing, DueTooFar: something is left out or cannot be.
    :raises GrownUpChosen: the child is no child any more.
    :raises OwnFamily: it is the asker, or one of their family.
    :raises NotYours: there is no such person.
    """
    match choice:
        case KnownChild(person):
            found = _known(work, about, _kept(work, person))
        case ChildByCpr(cpr, name):
            found = _typed(work, about, cpr, name)
        case UnbornChild():
            found = _unborn(work, about, choice)
        case UnknownChild(description):
            found = _unknown(work, about, description)
    near = [found.child.id] + ([found.child.mother_id] if found.child.mother_id else [])
    if any(personer.is_kept_from(work.connection, asker, person) for person in near):
        raise OwnFamily
    return found


def _kept(work: Work, person: UUID) -> Known:
    known = personer.by_id(work.connection, person)
    if known is None:
        raise NotYours
    return known


def _known(work: Work, about: Underretning, child: Known) -> Resolved:
    if child.is_unborn:
        return Resolved(child, ChildState.UNBORN)
    if child.cpr is None and child.host_key is None:
        return Resolved(child, ChildState.UNKNOWN)
    _insist_on_child(child, danish_day(about.received_at))
    return Resolved(child, ChildState.FOUND)


def _typed(work: Work, about: Underretning, text: str, name: str) -> Resolved:
    cpr = Cpr.parse(text)
    child = _by_cpr(work, cpr, name)
    _insist_on_child(child, danish_day(about.received_at))
    warnings = number_warning(cpr) if child.host_key is None else ()
    return Resolved(child, ChildState.FOUND, warnings)


def _by_cpr(work: Work, cpr: Cpr, name: str) -> Known:
    known = personer.by_cpr(work.connection, cpr)
    if known is not None:
        return known
    plain = one_line(name, LONGEST_NAME)
    if not plain:
        raise NameMissing
    return _kept(work, personer.add(work.connection, name=plain, cpr=cpr, now=work.now))


def _unborn(work: Work, about: Underretning, choice: UnbornChild) -> Resolved:
    if choice.due is None:
        raise DueMissing
    received = danish_day(about.received_at)
    if not received - LONG_BEFORE <= choice.due <= received + LONG_AFTER:
        raise DueTooFar
    warnings: tuple[str, ...] = ()
    if choice.mother is not None:
        mother = _kept(work, choice.mother)
    else:
        cpr = Cpr.parse(choice.mother_cpr)
        mother = _by_cpr(work, cpr, choice.mother_name)
        warnings = number_warning(cpr) if mother.host_key is None else ()
    unborn = personer.unborn_of(work.connection, mother.id)
    known = next((one for one in unborn if _is_meant(one, about, choice.due)), None)
    if known is not None:
        personer.set_due(work.connection, known.id, choice.due)
        return Resolved(_kept(work, known.id), ChildState.UNBORN, warnings)
    if unborn:
        warnings = (*warnings, ANOTHER_PREGNANCY)
    new = personer.add(
        work.connection,
        name=f"Ufødt barn af {mother.name}",
        mother=mother.id,
        due_date=choice.due,
        now=work.now,
    )
    return Resolved(_kept(work, new), ChildState.UNBORN, warnings)


def _is_meant(unborn: Known, about: Underretning, due: date) -> bool:
    """Tell whether a child that is expected is the one who is due on a day, and not a sibling.

    So is the one the underretning was about already, when its due date is put right.
    """
    received = danish_day(about.received_at)
    put_right = unborn.id == about.child_id and (
        unborn.due_date is None or unborn.due_date >= received - LONG_BEFORE
    )
    return put_right or is_near_due(unborn.due_date, due)


def _unknown(work: Work, about: Underretning, description: str) -> Resolved:
    plain = one_line(description, LONGEST_NAME)
    name = f"{UNKNOWN_CHILD} ({plain})" if plain else UNKNOWN_CHILD
    if about.child_id is not None and about.child_state is ChildState.UNKNOWN:
        child = _kept(work, about.child_id)
        if plain in child.name:
            return Resolved(child, ChildState.UNKNOWN)
    return Resolved(
        _kept(work, personer.add(work.connection, name=name, now=work.now)), ChildState.UNKNOWN
    )


def number_warning(cpr: Cpr) -> tuple[str, ...]:
    """Return what there is to say of a number that fails modulus 11, which only ever warns."""
    if not cpr.is_unusual:
        return ()
    return (
        f"CPR-nummeret {cpr.masked} går ikke op i kontrollen (modulus 11). Det kan godt være "
        "rigtigt, for det gælder en del numre efter 2007. Se efter en ekstra gang.",
    )


def _insist_on_child(child: Known, on: date) -> None:
    age = Likely(str(child.id), child.name, born=child.born).age_on(on)
    if age is not None and age >= OF_AGE:
        raise GrownUpChosen
