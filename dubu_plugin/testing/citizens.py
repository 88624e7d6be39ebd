"""Made-up people, for tests and for the demo.

They can be told from real ones at a glance: every surname begins with Test-, Prøve- or Demo-, every
CPR number fails modulus 11, nobody is born on 1 January (the day the register falls back on when it
gives out such numbers), streets and the postal code 9999 do not exist. The same seed gives the same
people, and no number is given out twice.
"""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from dubu_plugin.domain.cpr import Cpr

GIRLS: Final = (
    "Agnes", "Alberte", "Alma", "Andrea", "Anna", "Astrid", "Aya", "Clara", "Ella", "Ellen",
    "Emma", "Esther", "Fatima", "Filippa", "Freja", "Frida", "Hannah", "Ida", "Isabella", "Johanne",
    "Josefine", "Karla", "Laura", "Liva", "Lærke", "Luna", "Maja", "Mathilde", "Merle", "Nanna",
    "Nora", "Olivia", "Rosa", "Saga", "Sara", "Selma", "Sofia", "Solveig", "Vigga", "Zahra",
)  # fmt: skip
BOYS: Final = (
    "Adam", "Albert", "Alfred", "Ali", "Anton", "Arthur", "August", "Aksel", "Bertram", "Carl",
    "Elias", "Elliot", "Emil", "Felix", "Frederik", "Hugo", "Ibrahim", "Jon", "Jonathan", "Karl",
    "Lauge", "Liam", "Lucas", "Magnus", "Malthe", "Mikkel", "Noah", "Omar", "Oscar", "Otto",
    "Philip", "Søren", "Theodor", "Theo", "Valdemar", "Victor", "Viggo", "Villads", "Vito", "Yusuf",
)  # fmt: skip
WOMEN: Final = (
    "Anja", "Anne", "Bente", "Birgit", "Bodil", "Camilla", "Charlotte", "Dorthe", "Eva", "Gitte",
    "Hanne", "Heidi", "Helle", "Inge", "Jette", "Karina", "Katrine", "Kirsten", "Lene", "Linda",
    "Lone", "Louise", "Maiken", "Marianne", "Mia", "Nadia", "Pernille", "Pia", "Rikke", "Sanne",
    "Samira", "Sidsel", "Stine", "Susanne", "Tanja", "Tine", "Trine", "Ulla", "Vibeke", "Yasmin",
)  # fmt: skip
MEN: Final = (
    "Ahmed", "Allan", "Anders", "Bjarne", "Brian", "Carsten", "Claus", "Dennis", "Erik", "Flemming",
    "Hassan", "Henning", "Henrik", "Ivan", "Jacob", "Jan", "Jens", "Jesper", "Jonas", "Jørgen",
    "Karsten", "Kenneth", "Kim", "Lars", "Mads", "Martin", "Michael", "Morten", "Niels", "Ole",
    "Peter", "Poul", "Rasmus", "Simon", "Steen", "Svend", "Thomas", "Tom", "Ulrik", "Åge",
)  # fmt: skip
MARKS: Final = ("Test", "Prøve", "Demo")
"""What every surname begins with."""
ENDINGS: Final = (
    "ager", "bakke", "berg", "bjerg", "borg", "brink", "bro", "bæk", "dal", "eng", "fjord", "gaard",
    "have", "hede", "holm", "holt", "høj", "kilde", "krog", "kær", "lund", "lyng", "mark", "mose",
    "næs", "rup", "sand", "sen", "skov", "slet", "strand", "sted", "strøm", "sund", "sø", "toft",
    "vad", "vang", "vig", "å",
)  # fmt: skip
STREETS: Final = (
    "Prøvegade", "Testvej", "Demoallé", "Prøvestien", "Testparken", "Demotoften", "Prøvekrogen",
    "Testbakken", "Demovænget", "Prøvehaven", "Ærøprøvevej", "Østre Testgade",
)  # fmt: skip
TOWN: Final = "9999 Prøvestrup"
WEIGHTS: Final = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
LAST_BIRTH_YEAR: Final = 2057
"""The last year a CPR number can express."""


class NoMoreNumbers(ValueError):
    """Every number for this date and sex has been given out, or the year has none."""


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person who does not exist."""

    name: str
    cpr: Cpr
    born: date
    female: bool
    address: str = field(repr=False)

    @property
    def first_name(self) -> str:
        """The name one is called by."""
        return self.name.split(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Household:
    """Children with their two parents, who live at one address or at two."""

    mother: Citizen
    father: Citizen
    children: tuple[Citizen, ...]


class Citizens:
    """A source of made-up people.

    :param seed: the same seed, asked in the same order, gives the same people.
    :param taken: numbers that are in use already.
    """

    def __init__(self, seed: int = 1, *, taken: Iterable[Cpr] = ()) -> None:
        self.random = random.Random(seed)
        self._taken = {number.digits for number in taken}
        self._given: defaultdict[tuple[date, bool], int] = defaultdict(int)

    def cpr(self, born: date, *, female: bool) -> Cpr:
        """Return a number nobody has: the right date and sex, and wrong by modulus 11.

        :raises NoMoreNumbers: they are all given out, or nobody can be born that day.
        """
        if (born.month, born.day) == (1, 1) or not 1900 <= born.year <= LAST_BIRTH_YEAR:
            raise NoMoreNumbers(f"no made-up person is born on {born}")
        start = f"{born:%d%m%y}"
        first, last = _serials(born.year)
        while True:
            serial = first + 2 * self._given[born, female] + (0 if female else 1)
            if serial > last:
                raise NoMoreNumbers(f"{born} is used up")
            self._given[born, female] += 1
            digits = f"{start}{serial:04}"
            if _fails_modulus_11(digits) and digits not in self._taken:
                return Cpr(digits)

    def citizen(
        self,
        born: date,
        *,
        female: bool | None = None,
        surname: str | None = None,
        address: str | None = None,
    ) -> Citizen:
        """Return a person born on a day; 1 January becomes the day after."""
        if (born.month, born.day) == (1, 1):
            born += timedelta(days=1)
        if female is None:
            female = self.random.random() < 0.5
        young = born.year >= 1998
        names = (GIRLS if young else WOMEN) if female else (BOYS if young else MEN)
        return Citizen(
            name=f"{self.random.choice(names)} {surname or self.surname()}",
            cpr=self.cpr(born, female=female),
            born=born,
            female=female,
            address=address or self.address(),
        )

    def household(self, youngest_born: date, *, children: int = 1) -> Household:
        """Return a family. In one of three the father lives elsewhere."""
        pick = self.random
        surname, address = self.surname(), self.address()
        own = [
            self.citizen(
                youngest_born - timedelta(days=place * 730 + pick.randrange(300)),
                surname=surname,
                address=address,
            )
            for place in range(children)
        ]
        eldest = own[-1].born
        parents = [
            self.citizen(
                eldest - timedelta(days=365 * pick.randrange(20, 38) + pick.randrange(365)),
                female=female,
                surname=surname if female or pick.random() < 0.5 else None,
                address=address if female or pick.random() < 0.67 else None,
            )
            for female in (True, False)
        ]
        return Household(parents[0], parents[1], tuple(own))

    def surname(self) -> str:
        """Return a surname that cannot be mistaken for a real one."""
        pick = self.random
        last = pick.choice(MARKS) + pick.choice(ENDINGS)
        if pick.random() < 0.3:
            return f"{pick.choice(MARKS)}{pick.choice(ENDINGS)} {last}"
        return last

    def address(self) -> str:
        """Return an address in a town that is not there."""
        pick = self.random
        return f"{pick.choice(STREETS)} {pick.randrange(1, 200)}, {TOWN}"


def _serials(year: int) -> tuple[int, int]:
    """Return the first (even) and last serial number of a birth year (cpr.dk, Personnummeret)."""
    if year < 2000:
        return 2, 3999
    if year <= 2036:
        return 4002, 9999
    return 5002, 8999


def _fails_modulus_11(digits: str) -> bool:
    return sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11 != 0
