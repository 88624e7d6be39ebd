"""Those who live in the municipality: thought up by hand, or made up by the household."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from dubu_plugin.demo.municipality import Family, Municipality, Resident
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.persons import Tie
from dubu_plugin.testing.citizens import Citizens


@dataclass(frozen=True, slots=True)
class Dweller:
    """Somebody in the address book."""

    number: int
    name: str = field(repr=False)
    cpr: Cpr
    address: str = field(repr=False)
    protected: bool = False
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    ties: tuple[tuple[Tie, int], ...] = ()
    """Who their mother, father and partner are."""

    @property
    def first_name(self) -> str:
        """The name one is called by."""
        return self.name.split(" ", 1)[0]


def residents(known: Municipality) -> Iterator[Dweller]:
    """Yield those who are thought up by hand, in the order of their numbers."""
    first: dict[str, tuple[Resident, Family]] = {}
    for family in known.families:
        for one in family.members:
            first.setdefault(one.cpr, (one, family))
    numbers = {cpr: number for number, cpr in enumerate(first, start=1)}
    for cpr, (one, family) in first.items():
        yield Dweller(
            number=numbers[cpr],
            name=one.name,
            cpr=Cpr.parse(cpr),
            address=one.address or family.address,
            protected=family.protected if one.protected is None else one.protected,
            phone=one.phone,
            email=one.email,
            ties=tuple(_ties(one, family, numbers)),
        )


def household(
    people: Citizens, opened: date, ended: date, pick: random.Random, persons: Iterator[int]
) -> tuple[Dweller, ...]:
    """Return mother, father, the child the case is about, and any siblings.

    The child is born when the case opens and under 18 when it ends.
    """
    oldest = 17 * 365 - (ended - opened).days
    born = opened - timedelta(days=pick.randrange(60, oldest))
    made = people.household(born, children=pick.choices((1, 2, 3), (5, 4, 1))[0])
    protected = pick.random() < 0.02
    mother, father = next(persons), next(persons)
    ties = ((Tie.MOTHER, mother), (Tie.FATHER, father))
    whole = (
        (mother, made.mother, ()),
        (father, made.father, ()),
        *((next(persons), child, ties) for child in made.children),
    )
    return tuple(
        Dweller(
            number=number,
            name=one.name,
            cpr=one.cpr,
            address=one.address,
            protected=protected and one is not made.father,
            ties=of_them,
        )
        for number, one, of_them in whole
    )


def _ties(one: Resident, family: Family, numbers: dict[str, int]) -> Iterator[tuple[Tie, int]]:
    if one in family.children:
        for tie, parent in ((Tie.MOTHER, family.mother), (Tie.FATHER, family.father)):
            if parent is not None:
                yield tie, numbers[parent.cpr]
    for elder in family.grandparents:
        if elder.child == one.cpr:
            female = int(elder.cpr[-1]) % 2 == 0
            yield (Tie.MOTHER if female else Tie.FATHER), numbers[elder.cpr]
    if one.partner is not None:
        yield Tie.SPOUSE, numbers[one.partner]
