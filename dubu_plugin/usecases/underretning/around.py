"""What is known around somebody in the address book: the family, and the host's cases on them.

Only reads the other systems, each question once.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.journal_objects import Case
from dubu_plugin.ports.persons import Person, Persons, Relation, Tie
from dubu_plugin.usecases.underretning.keep_match import Found

MOST_PAGES: Final = 5
PARENTS: Final = frozenset({Tie.MOTHER, Tie.FATHER})


class Systems(Protocol):
    """The ports that are asked."""

    @property
    def persons(self) -> Persons:
        """The address book."""

    @property
    def journal(self) -> Journal:
        """The host's cases."""


class Around:
    """The questions one looking up asks, and what was answered so far."""

    def __init__(self, systems: Systems) -> None:
        self.persons = systems.persons
        self.journal = systems.journal
        self.people: dict[str, Person] = {}
        self.families: dict[str, Sequence[Relation]] = {}
        self.further: dict[str, frozenset[str]] = {}
        self.cases: dict[str, Sequence[tuple[Case, bool]]] = {}
        self._relations: dict[str, Sequence[Relation]] = {}

    def met(self, person: Person | None) -> Person | None:
        """Remember somebody, and return them."""
        if person is not None:
            self.people[person.key] = person
        return person

    def related(self, key: str) -> Sequence[Relation]:
        """Return somebody's family as the address book has it."""
        if key not in self._relations:
            self._relations[key] = self.persons.relations(key)
        return self._relations[key]

    def with_family(self, child: Person) -> None:
        """Fetch somebody's family, half-siblings included, and the host's cases on all of them."""
        self.met(child)
        for person in (child, *(one.person for one in self.family_of(child.key))):
            if person.cpr is not None and person.key not in self.cases:
                self.cases[person.key] = tuple(self._cases_on(person.cpr))

    def family_of(self, child: str) -> Sequence[Relation]:
        """Fetch somebody's family alone, half-siblings included, and return it.

        :param child: their key in the address book.
        """
        family = {one.person.key: one for one in self.related(child)}
        further: set[str] = set()
        for one in tuple(family.values()):
            if one.tie not in PARENTS:
                continue
            for theirs in self.related(one.person.key):
                further.add(theirs.person.key)
                if theirs.tie is Tie.CHILD and theirs.person.key != child:
                    family.setdefault(theirs.person.key, Relation(Tie.SIBLING, theirs.person))
        self.families[child] = tuple(family.values())
        self.further[child] = frozenset(further - {child})
        for one in family.values():
            self.met(one.person)
        return self.families[child]

    def found(self) -> Found:
        """Return everything that was answered."""
        return Found(None, (), self.people, self.families, self.further, self.cases)

    def _cases_on(self, cpr: Cpr) -> Iterator[tuple[Case, bool]]:
        after: str | None = None
        for _ in range(MOST_PAGES):
            page = self.journal.find_cases(cpr, primary_only=False, after=after)
            for case in page.items:
                about = case.primary_party
                yield case, about is not None and about.cpr == cpr
            after = page.next
            if after is None:
                return
