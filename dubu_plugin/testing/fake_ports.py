"""The other systems a page needs, in memory: who works here, who people are, and the post."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Final
from uuid import UUID

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.identity import Employee, Unit
from dubu_plugin.ports.journal_errors import NotFound, Rejected
from dubu_plugin.ports.journal_objects import Op
from dubu_plugin.ports.journal_objects import Page as Listed
from dubu_plugin.ports.persons import Person, Relation
from dubu_plugin.ports.post import Letter, PostItem, Sending

COOKIE: Final = "medarbejder"

KAREN, METTE, ANDERS, HENRIK, ADAM, FIE, REVA = (
    "karen", "mette", "anders", "henrik", "adam", "fie", "reva",
)  # fmt: skip

UNITS: Final = (
    Unit("boern", "Børn og Familie"),
    Unit("modtagelse", "Modtagelsen", "boern", "99 99 99 01", "99 99 99 11"),
    Unit("nord", "Familieafdeling Nord", "boern"),
    Unit("doegnvagt", "Døgnvagten", "boern", "99 99 99 11", "99 99 99 11"),
    Unit("oekonomi", "Økonomi"),
)

STAFF: Final = (
    Employee(KAREN, "karen", "Karen Demotoft", "modtagelse", frozenset({"sagsbehandler"}),
             title="børne- og ungerådgiver"),
    Employee(METTE, "mette", "Mette Testgaard", "modtagelse", frozenset({"sagsbehandler"}),
             title="børne- og ungerådgiver"),
    Employee(ANDERS, "anders", "Anders Prøvebjerg", "nord", frozenset({"sagsbehandler"}),
             title="børne- og ungerådgiver"),
    Employee(HENRIK, "henrik", "Henrik Prøveholm", "boern", frozenset({"teamleder"}),
             title="teamleder"),
    Employee(ADAM, "adam", "Adam Demoborg", "boern", frozenset({"administrator"})),
    Employee(FIE, "fie", "Fie Testkrog", "oekonomi", frozenset({"oekonomi"})),
    Employee(REVA, "reva", "Reva Prøvelund", "oekonomi", frozenset({"revisor"})),
)  # fmt: skip


class FakeIdentity:
    """A staff register in memory. Whoever the cookie names is logged in."""

    def __init__(self, staff: Sequence[Employee] = STAFF) -> None:
        self.staff = {one.key: one for one in staff}

    def who(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> str | None:
        """See the port."""
        return cookies.get(COOKIE)

    def employee(self, key: str) -> Employee | None:
        """See the port."""
        return self.staff.get(key)

    def employees(self) -> Sequence[Employee]:
        """See the port."""
        return tuple(self.staff.values())

    def units(self) -> Sequence[Unit]:
        """See the port."""
        return UNITS


@dataclass
class FakePersons:
    """An address book in memory."""

    name: str = "fake"
    people: dict[str, Person] = field(default_factory=dict)
    family: dict[str, list[Relation]] = field(default_factory=dict)

    def by_key(self, key: str) -> Person | None:
        """See the port."""
        return self.people.get(key)

    def by_cpr(self, cpr: Cpr) -> Person | None:
        """See the port."""
        return next((one for one in self.people.values() if one.cpr == cpr), None)

    def search(
        self, name: str, *, address: str | None = None, born: date | None = None, limit: int = 10
    ) -> Sequence[Person]:
        """See the port. Finds those with a name that begins, or nearly is, as one of the words."""
        words = re.findall(r"\w+", name.casefold())
        alike = [
            (SequenceMatcher(None, " ".join(words), one.name.casefold()).ratio(), one)
            for one in self.people.values()
            if any(_nearly(part, word) for word in words for part in one.name.casefold().split())
        ]
        return [one for _, one in sorted(alike, key=lambda pair: -pair[0])][:limit]

    def living_at(self, address: str, *, limit: int = 10) -> Sequence[Person]:
        """See the port."""
        street = address.split(",")[0].strip().casefold()
        there = [
            one
            for one in self.people.values()
            if street
            and not one.protected_address
            and f"{one.address or ''},".replace(",", " ").casefold().startswith(f"{street} ")
        ]
        youngest = sorted(there, key=lambda one: one.born or date.min, reverse=True)
        return youngest[:limit]

    def relations(self, key: str) -> Sequence[Relation]:
        """See the port."""
        return self.family.get(key, [])


class FakePost:
    """Post that never comes, and letters that are always sent."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self._sent: set[UUID] = set()

    def received(self, after: str | None = None) -> Listed[PostItem]:
        """See the port."""
        return Listed(())

    def item(self, key: str) -> PostItem:
        """See the port."""
        raise KeyError(key)

    def open_post(self, key: str) -> bytes:
        """See the port."""
        raise NotFound("fake", "open_post")

    def send(self, letter: Letter, op: Op) -> Sending:
        """See the port."""
        if not letter.recipient.strip():
            raise Rejected("fake", "send", "recipient")
        if op.key not in self._sent:
            self._sent.add(op.key)
            self.letters.append(letter)
        return Sending.SENT

    def sent(self, op: Op) -> Sending | None:
        """See the port."""
        return Sending.SENT if op.key in self._sent else None


def _nearly(part: str, word: str) -> bool:
    return part.startswith(word) or SequenceMatcher(None, part, word).ratio() > 0.85
